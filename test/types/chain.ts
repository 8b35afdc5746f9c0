import type { StreamEvent } from '#libs/contracts';
import type { Chain } from '../../src/decorators/chain.js';
import { PipelineOf } from '../../src/decorators/pipeline-of.js';
import { Pipeline } from '../../src/decorators/pipeline.decorator.js';
import { stageRuntime } from '../../src/decorators/stage-runtime.js';
import type { EventOf, InputOf, OutputOf } from '../../src/decorators/stage-typing.js';
import type { Equal, Expect } from './expect-type.js';
import {
  Classify,
  Encoded,
  Generate,
  GenerateBatch,
  GenerateLabels,
  Label,
  Mail,
  NoHandler,
  Report,
  Request,
  SendLabels,
  Shorten,
  Tick,
  Tokenize,
} from './stages.js';

export type Cases = [
  // promises, batches and errors are unwrapped
  Expect<Equal<InputOf<typeof Tokenize>, Request>>,
  Expect<Equal<OutputOf<typeof Tokenize>, Encoded>>,
  Expect<Equal<InputOf<typeof Classify>, Encoded>>,
  Expect<Equal<OutputOf<typeof Classify>, Label>>,
  Expect<Equal<OutputOf<typeof Shorten>, Label>>,
  // data with name and message is not taken for an error
  Expect<Equal<OutputOf<typeof Report>, { name: string; message: string }>>,
  Expect<Equal<InputOf<typeof Tick>, unknown>>,
  Expect<Equal<EventOf<typeof Tokenize>, never>>,
  Expect<Equal<EventOf<typeof Generate>, string>>,
  Expect<Equal<EventOf<typeof GenerateBatch>, string>>,
  Expect<Equal<EventOf<typeof GenerateLabels> extends StreamEvent<Label> ? true : false, true>>,
  Expect<Equal<EventOf<typeof SendLabels>, StreamEvent<Label>>>,
  // of a generator, what it returns
  Expect<Equal<OutputOf<typeof GenerateLabels>, Encoded>>,
  Expect<Equal<OutputOf<typeof SendLabels>, Encoded>>,
  // what the compiler says about a list that does not fit
  Expect<
    Equal<
      Chain<[typeof Tokenize, typeof Shorten]>[1]['message'],
      'this stage does not accept what the stage before it returns'
    >
  >,
  Expect<Equal<Chain<[typeof Generate, typeof Shorten]>[1]['message'], 'only the last stage of a pipeline may stream'>>,
];

const ownPool = stageRuntime(Classify, { replicas: 2 });

@Pipeline([Tokenize, Classify, Shorten, Report, Mail, Tick])
export class Fits {}

@Pipeline([Tokenize, ownPool, Shorten])
export class FitsWithRuntime {}

// @ts-expect-error Shorten takes a Label
@Pipeline([Tokenize, Shorten])
export class DoesNotFit {}

// @ts-expect-error the pool's stage takes an Encoded
@Pipeline([Shorten, ownPool])
export class RuntimeDoesNotFit {}

// @ts-expect-error a stage has forward or forwardBatch
@Pipeline([NoHandler])
export class WithoutHandler {}

// @ts-expect-error at least one stage
@Pipeline([])
export class Empty {}

// @ts-expect-error only the last stage may stream
export class StreamsTooEarly extends PipelineOf(Generate, Shorten) {}

// @ts-expect-error Mail takes a report
export class MixinDoesNotFit extends PipelineOf(Tokenize, Classify, Mail) {}

// @ts-expect-error replicas is a number
stageRuntime(Classify, { replicas: '2' });

// @ts-expect-error providers belong to @Stage
stageRuntime(Classify, { providers: [] });
