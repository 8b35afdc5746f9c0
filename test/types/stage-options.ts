import { applyDecorators } from '@nestjs/common';
import type { StandardSchema } from '../../src/interfaces/standard-schema.interface.js';
import { Route } from '../../src/decorators/route.decorator.js';
import { SseStage } from '../../src/decorators/sse-stage.decorator.js';
import { Stage } from '../../src/decorators/stage.decorator.js';
import { Encoded, Label, Request } from './stages.js';

declare const trimmed: StandardSchema<{ text?: string }, { text: string }>;
declare const loose: StandardSchema<unknown, { text?: string }>;

@Stage({ input: Request, output: Encoded, maxBatchSize: 4, maxWaitMs: 5, env: [{ DEVICE: '0' }] })
export class Classes {
  forwardBatch(items: Request[]): Promise<(Encoded | Error)[]> {
    return Promise.resolve(items.map(() => ({ ids: [] })));
  }
}

@Stage({ input: String, output: Number })
export class Primitives {
  forward(text: string): number {
    return text.length;
  }
}

@Stage({ input: trimmed, output: Boolean })
export class Schemas {
  forward(request: { text: string }): boolean {
    return request.text === '';
  }
}

@Stage()
export class NoOptions {
  forward(request: Request): Request {
    return request;
  }
}

// @ts-expect-error `input` is not what this stage accepts
@Stage({ input: Label })
export class WrongInput {
  forward(request: Request): Request {
    return request;
  }
}

// @ts-expect-error `output` is not what this stage returns
@Stage({ input: Request, output: Label })
export class WrongOutput {
  forward(request: Request): Request {
    return request;
  }
}

// @ts-expect-error a number is not a string
@Stage({ input: Number })
export class WrongPrimitive {
  forward(text: string): string {
    return text;
  }
}

// @ts-expect-error the schema's text may be missing
@Stage({ input: loose })
export class WrongSchema {
  forward(request: { text: string }): string {
    return request.text;
  }
}

// @ts-expect-error neither forward nor forwardBatch
@Stage()
export class WithoutHandler {}

// @ts-expect-error not an option
Stage({ batchSize: 4 });

// @ts-expect-error unknown policy
Stage({ waitPolicy: 'never' });

// @ts-expect-error a path is a string
Route(1);

const SmallStage = (): ClassDecorator => applyDecorators(Stage({ replicas: 2 }) as ClassDecorator);

@SmallStage()
export class ThroughHelper {
  forward(request: Request): Request {
    return request;
  }
}

@SseStage({ event: Label, input: Request, maxConcurrency: 8, sendResult: true })
export class Events {
  async *forward(request: Request) {
    yield { data: { label: request.text } };
  }
}

@SseStage({ event: String })
export class Texts {
  async *forward(request: Request) {
    yield request.text;
  }
}

// @ts-expect-error `event` is not what this stage sends
@SseStage({ event: Encoded })
export class WrongEvent {
  async *forward(request: Request) {
    yield { data: { label: request.text } };
  }
}

// @ts-expect-error a stream has limits of its own
SseStage({ timeoutMs: 5 });

// @ts-expect-error only streams have events
Stage({ event: Label });
