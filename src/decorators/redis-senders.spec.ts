import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { redis } from '#libs/handover';
import { hopSenders } from './hop-senders.js';
import { Pipeline } from './pipeline.decorator.js';
import { redisSenders } from './redis-senders.js';
import { Stage } from './stage.decorator.js';
import { stageRuntime } from './stage-runtime.js';

const hop = redis({ url: 'redis://cache' });

class Stages {
  forward(text: string): string {
    return text;
  }
}

@Stage({ ipc: hop })
class Sends extends Stages {}
@Stage({ ipc: hop })
class SendsToo extends Stages {}
@Stage({ ipc: hop, execution: 'inline' })
class SendsInline extends Stages {}
@Stage()
class Plain extends Stages {}
@Stage({ execution: 'inline' })
class PlainInline extends Stages {}

function pipelineOf(...stages: (typeof Plain)[]): object {
  class Some {}
  Pipeline(stages as [typeof Plain])(Some);
  return Some;
}

describe('when a stage has ipc: redis()', () => {
  it.each([
    ['a stage behind it', pipelineOf(Sends, Plain), [Sends]],
    ['each stage behind one', pipelineOf(Sends, SendsToo, Plain), [Sends, SendsToo]],
    ['nothing where it is the last', pipelineOf(Plain, Sends), []],
    ['nothing where the next runs in the server', pipelineOf(Sends, PlainInline), []],
    ['nothing where it runs in the server itself', pipelineOf(SendsInline, Plain), []],
  ])('should hand over through Redis to %s', (_what, pipeline, senders) => {
    expect([...redisSenders([pipeline])]).toEqual(senders);
  });

  it('should go by the runtime that a pipeline names', () => {
    const inline = stageRuntime(Sends, { execution: 'inline' });
    const process = stageRuntime(SendsInline, { execution: 'process' });
    @Pipeline([inline, Plain])
    class One {}
    @Pipeline([process, Plain])
    class Two {}
    expect([...redisSenders([One, Two])]).toEqual([process]);
  });

  it('should be known once to the workers of the stage behind', () => {
    const senders = hopSenders([pipelineOf(Sends, Plain), pipelineOf(SendsToo, Plain)]).get(Plain);
    expect(senders?.map(({ definition, redis }) => [definition.name, redis])).toEqual([['Sends', hop]]);
    expect(hopSenders([pipelineOf(SendsInline, Plain)]).size).toBe(0);
  });
});
