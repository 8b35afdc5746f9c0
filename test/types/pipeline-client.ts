import { PipelineClient } from '../../src/decorators/pipeline-client.js';
import { PipelineOf } from '../../src/decorators/pipeline-of.js';
import { Pipeline } from '../../src/decorators/pipeline.decorator.js';
import { stageRuntime } from '../../src/decorators/stage-runtime.js';
import type { Equal, Expect } from './expect-type.js';
import { Classify, Encoded, Generate, Label, Report, Request, Tokenize } from './stages.js';

export class Sentiment extends PipelineOf(Tokenize, Classify) {}
export class SentimentOnGpu extends PipelineOf(Tokenize, stageRuntime(Classify, { replicas: 2 })) {}
export class Encoding extends PipelineOf(Tokenize) {}
export class Reporting extends PipelineOf(Report) {}
export class Chat extends PipelineOf(Generate) {}

@Pipeline([Tokenize, Classify])
export class Untyped {}

declare const sentiment: PipelineClient<Sentiment>;
declare const sentimentOnGpu: PipelineClient<SentimentOnGpu>;
declare const encoding: PipelineClient<Encoding>;
declare const reporting: PipelineClient<Reporting>;
declare const chat: PipelineClient<Chat>;
declare const untyped: PipelineClient<Untyped>;

type RunOf<C extends { run: (...args: never[]) => unknown }> = [Parameters<C['run']>[0], Awaited<ReturnType<C['run']>>];

export type Cases = [
  Expect<Equal<RunOf<PipelineClient<Sentiment>>, [Request, Label]>>,
  Expect<Equal<RunOf<PipelineClient<Request, Label>>, [Request, Label]>>,
  Expect<Equal<RunOf<PipelineClient<Reporting>>, [Label, { name: string; message: string }]>>,
  Expect<Equal<RunOf<PipelineClient<Request, never>>, [Request, never]>>,
  Expect<Equal<PipelineClient<Sentiment>['stream'], never>>,
  Expect<Equal<PipelineClient<Chat>['run'], never>>,
];

export async function calls(): Promise<string> {
  for await (const event of chat.stream({ text: 'hello' })) event.toUpperCase();
  const { label } = await sentiment.run({ text: 'fine' }, { timeoutMs: 500, signal: AbortSignal.timeout(1_000) });
  return label;
}

// @ts-expect-error text is a string
void sentiment.run({ text: 1 });
// @ts-expect-error this pipeline does not stream
sentiment.stream({ text: 'fine' });
// @ts-expect-error this pipeline streams
void chat.run({ text: 'hello' });
// @ts-expect-error the class carries no types
void untyped.run({ text: 'fine' });

// two ways to write one type
export const asInOut: PipelineClient<Request, Label> = sentiment;
export const asPipeline: PipelineClient<Sentiment> = asInOut;
export const samePipes: PipelineClient<Sentiment> = sentimentOnGpu;

// @ts-expect-error another output
export const wrongOutput: PipelineClient<Sentiment> = encoding;
// @ts-expect-error another input
export const wrongInput: PipelineClient<Sentiment> = reporting;
// @ts-expect-error another output
export const wrongInOut: PipelineClient<Request, Encoded> = sentiment;
// @ts-expect-error does not stream
export const notStreaming: PipelineClient<Chat> = encoding;
// @ts-expect-error streams
export const streaming: PipelineClient<Encoding> = chat;

// a stub for tests needs no cast
export const stub: PipelineClient<Encoding> = {
  run: () => Promise.resolve({ ids: [] }),
  stream: undefined as never,
};
