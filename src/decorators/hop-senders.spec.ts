import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { msgpack, structuredClone } from '#libs/codec';
import type { HopCodec } from '#libs/contracts';
import { hasOwnHopCodec, hopSenders } from './hop-senders.js';
import { Pipeline } from './pipeline.decorator.js';
import { Stage } from './stage.decorator.js';
import { stageRuntime } from './stage-runtime.js';

const codec = (name: string): HopCodec => ({ ...structuredClone, name });
const mine = codec('mine');

class Stages {
  forward(text: string): string {
    return text;
  }
}

@Stage({ ipc: mine })
class Sends extends Stages {}
@Stage({ ipc: mine })
class SendsToo extends Stages {}
@Stage({ ipc: codec('mine') })
class SendsAnother extends Stages {}
@Stage({ ipc: msgpack })
class SendsMsgpack extends Stages {}
@Stage()
class Plain extends Stages {}

function pipelineOf(...stages: [typeof Plain, ...(typeof Plain)[]]): object {
  class Some {}
  Pipeline(stages as [typeof Plain])(Some);
  return Some;
}

const sendersTo = (receiver: typeof Plain, ...pipelines: object[]) =>
  (hopSenders(pipelines).get(receiver) ?? []).map(({ definition }) => definition.name);

describe('when a stage hands over in a codec of its own', () => {
  it('should be known to the stage behind it alone', () => {
    const pipelines = [pipelineOf(Sends, Plain)];
    expect(sendersTo(Plain, ...pipelines)).toEqual(['Sends']);
    expect(sendersTo(Sends, ...pipelines)).toEqual([]);
    expect(hasOwnHopCodec({ ipc: mine })).toBe(true);
  });

  it('should be known to the pool that a runtime makes', () => {
    const runtime = stageRuntime(Plain, { replicas: 2 });
    @Pipeline([Sends, runtime])
    class Some {}
    expect(hopSenders([Some]).get(runtime)).toHaveLength(1);
  });

  it('should be one for stages that share it', () => {
    expect(sendersTo(Plain, pipelineOf(Sends, Plain), pipelineOf(SendsToo, Plain))).toEqual(['Sends']);
  });

  it('should be refused where another codec has the same name', () => {
    expect(() => hopSenders([pipelineOf(Sends, Plain), pipelineOf(SendsAnother, Plain)])).toThrow(
      'Stages "Sends" and "SendsAnother" hand over to stage "Plain" in two codecs named "mine": use one codec, or',
    );
  });
});

describe('when stages hand over in codecs of this package', () => {
  it('should need nothing', () => {
    expect(hopSenders([pipelineOf(SendsMsgpack, Plain), pipelineOf(Plain, SendsMsgpack)]).size).toBe(0);
    expect(hasOwnHopCodec({ ipc: msgpack })).toBe(false);
    expect(hasOwnHopCodec({})).toBe(false);
  });
});
