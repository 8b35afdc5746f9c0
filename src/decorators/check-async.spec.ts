import { describe, expect, it } from 'vitest';
import { checkAsync } from './check-async.js';
import { Pipeline } from './pipeline.decorator.js';
import { Route } from './route.decorator.js';
import { SseStage } from './sse-stage.decorator.js';
import { Stage } from './stage.decorator.js';

@Stage()
class Plain {
  forward(value: string): string {
    return value;
  }
}

@SseStage()
class Streams {
  async *forward(): AsyncGenerator<string, void> {
    yield 'x';
  }
}

@Route('/later', { async: 'always' })
@Pipeline([Plain])
class LaterPipeline {}

@Route('/stream', { async: 'always' })
@Pipeline([Streams])
class StreamPipeline {}

@Route('/wrong', { async: 'sometimes' as never })
@Pipeline([Plain])
class WrongPipeline {}

@Route('/now')
@Pipeline([Plain])
class NowPipeline {}

describe('when a route is always asynchronous', () => {
  it('should be taken where there are jobs', () => {
    expect(() => checkAsync(LaterPipeline, true)).not.toThrow();
    expect(() => checkAsync(NowPipeline, false)).not.toThrow();
  });

  it.each([
    [LaterPipeline, false, 'there are no jobs: give forRoot({ jobs: { redis } }), or remove it'],
    [StreamPipeline, true, 'its last stage streams, which no job can'],
    [WrongPipeline, true, `has async "sometimes": write async: 'always', or leave it out`],
  ])('should be refused where it cannot be', (pipeline, hasJobs, text) => {
    expect(() => checkAsync(pipeline, hasJobs)).toThrow(text);
  });
});
