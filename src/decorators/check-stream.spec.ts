import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { checkPipelines } from './check-pipeline.js';
import { Pipeline } from './pipeline.decorator.js';
import { Route } from './route.decorator.js';
import { SseStage } from './sse-stage.decorator.js';
import { Stage } from './stage.decorator.js';
import { stageRuntime } from './stage-runtime.js';
import type { RouteOptions } from '../interfaces/route-options.interface.js';

const refusal = (message: string) => new MosecConfigurationError(message);

@SseStage({ maxConcurrency: 8 })
class Tokens {
  async *forward(text: string): AsyncGenerator<string> {
    yield text;
  }
}

@Stage()
class Length {
  forward(text: string): number {
    return text.length;
  }
}

/** Checks a pipeline of these stages, as written without a type checker. */
const check = (stages: readonly unknown[], options?: RouteOptions) => () => {
  @Pipeline(stages as never)
  class Chain {}
  if (options) Route('/chain', options)(Chain);
  checkPipelines([Chain], { reservedPaths: [] });
};

/** A class whose method of that name is `handler`, decorated with `decorate`. */
function stageWith(decorate: unknown, method: string, handler: unknown): unknown {
  class Odd {}
  Object.defineProperty(Odd.prototype, method, { value: handler });
  (decorate as (target: unknown) => void)(Odd);
  return Odd;
}

describe('when a stage streams', () => {
  it('should be accepted as the last one, with options of streams', () => {
    const options = { endEvent: '[DONE]', streamTimeoutMs: 0, streamIdleTimeoutMs: 5, keepAliveMs: 1 };
    expect(check([Length, Tokens], options)).not.toThrow();
    expect(check([stageRuntime(Tokens, { maxConcurrency: 2, maxBatchSize: 1 })])).not.toThrow();
  });

  it('should be refused before another', () => {
    expect(check([Tokens, Length])).toThrow(
      refusal(
        'Stage "Tokens" of pipeline "Chain" streams, and only the last stage may: ' +
          'put it last, or decorate it with @Stage and let it return its result.',
      ),
    );
  });

  it('should be refused with a timeoutMs, which would cut it off', () => {
    expect(check([stageRuntime(Tokens, { timeoutMs: 5 })])).toThrow(
      refusal('Stage "Tokens" streams and has timeoutMs: give streamTimeoutMs to @Route, to forRoot or to stream().'),
    );
  });

  it.each([0, 1.5, 10_001])('should be refused with a maxConcurrency of %s', (maxConcurrency) => {
    expect(check([stageRuntime(Tokens, { maxConcurrency })])).toThrow('give an integer from 1 to 10000');
  });

  it('should be refused with a handler whose events could not be told apart, or come all at once', () => {
    const batch = stageWith(SseStage(), 'forwardBatch', async function* () {
      yield await Promise.resolve('x');
    });
    expect(check([batch])).toThrow('Stage "Odd" has a generator forwardBatch');
    const sync = stageWith(SseStage(), 'forward', function* () {
      yield 'x';
    });
    expect(check([sync])).toThrow(refusal('Stage "Odd" has *forward: make it async *forward.'));
  });
});

describe('when a stage does not stream', () => {
  it('should be told of @SseStage where its handler does', () => {
    const generator = stageWith(Stage(), 'forward', async function* () {
      yield await Promise.resolve('x');
    });
    expect(check([generator])).toThrow(
      refusal(
        'Stage "Odd" has an async *forward, which sends a stream of events: decorate it with @SseStage, not with @Stage.',
      ),
    );
    const sync = stageWith(Stage(), 'forward', function* () {
      yield 'x';
    });
    expect(check([sync])).toThrow('has a generator as its handler');
  });

  it('should be refused with a maxConcurrency', () => {
    expect(check([stageRuntime(Length, { maxConcurrency: 4 })])).toThrow(
      'Stage "Length" has maxConcurrency 4, which is for stages that stream',
    );
    expect(check([stageRuntime(Length, { maxConcurrency: 1 })])).not.toThrow();
  });

  it('should be refused behind a route with options of streams', () => {
    expect(check([Length], { endEvent: '[DONE]' })).toThrow(
      refusal(
        'The route of pipeline "Chain" has endEvent, and its last stage does not stream: ' +
          'remove it, or decorate the stage with @SseStage.',
      ),
    );
    expect(check([Length], { keepAliveMs: 5 })).toThrow('has keepAliveMs, and its last stage does not stream');
  });
});

describe('when the route of a stream has options that cannot be', () => {
  it.each([
    [{ streamTimeoutMs: -1 }, 'streamTimeoutMs "-1"'],
    [{ streamIdleTimeoutMs: 0.5 }, 'streamIdleTimeoutMs "0.5"'],
    [{ keepAliveMs: NaN }, 'keepAliveMs "NaN"'],
    [{ slowClientTimeoutMs: 2 ** 31 }, 'slowClientTimeoutMs "2147483648"'],
    [{ endEvent: 5 as unknown as string }, 'endEvent "5": give a string'],
  ])('should refuse them: %o', (options, message) => {
    expect(check([Tokens], options)).toThrow(message);
  });
});
