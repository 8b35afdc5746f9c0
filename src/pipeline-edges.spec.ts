import { describe, expect, it } from 'vitest';
import { bytes, json, text } from '#libs/codec';
import { Pipeline } from './decorators/pipeline.decorator.js';
import { PipelineOf } from './decorators/pipeline-of.js';
import { stageRuntime } from './decorators/stage-runtime.js';
import { Stage } from './decorators/stage.decorator.js';
import { pipelineEdges } from './pipeline-edges.js';

@Stage({ input: String, output: Number, codec: [json, text], passHeaders: ['X-User', 'Accept-Language'] })
class First {
  forward(value: string): number {
    return value.length;
  }
}

@Stage({ input: Number, output: String, codec: text, passHeaders: ['x-user'] })
class Last {
  forward(value: number): string {
    return String(value);
  }
}

@Stage({ input: Number, codec: text })
class Serializing {
  forward(value: number): number {
    return value;
  }
  serialize(value: number): Uint8Array {
    return Buffer.alloc(value);
  }
}

@Stage()
class Plain {
  forward(value: number): number {
    return value;
  }
}

describe('when the edges of a pipeline are read', () => {
  it('should take requests as its first stage does, and answer as its last one does', () => {
    class Both extends PipelineOf(First, Last) {}
    const edges = pipelineEdges(Both);
    expect(edges).toMatchObject({ requestCodecs: [json, text], answerCodec: text, input: String, output: String });
  });

  it('should pass on the headers that any stage asks for, once and in lower case, and the trace', () => {
    class Both extends PipelineOf(First, Last) {}
    expect(pipelineEdges(Both).passHeaders).toEqual(['traceparent', 'x-user', 'accept-language']);
    expect(pipelineEdges(class extends PipelineOf(Plain) {}).passHeaders).toEqual(['traceparent']);
  });

  it('should answer in the first of several codecs', () => {
    @Pipeline([First])
    class Single {}
    expect(pipelineEdges(Single).answerCodec).toBe(json);
  });

  it('should be JSON without a schema where a stage says nothing', () => {
    const edges = pipelineEdges(class extends PipelineOf(Plain) {});
    expect(edges).toEqual({
      requestCodecs: [json],
      answerCodec: json,
      input: undefined,
      output: undefined,
      passHeaders: ['traceparent'],
    });
  });

  it('should follow the options of a runtime', () => {
    const runtime = stageRuntime(Plain, { passHeaders: ['X-Tenant'] });
    expect(pipelineEdges(class extends PipelineOf(runtime) {}).passHeaders).toEqual(['traceparent', 'x-tenant']);
  });
});

describe('when the last stage serializes its answers itself', () => {
  it('should leave their bytes alone, under the media type of its codec', () => {
    const { answerCodec } = pipelineEdges(class extends PipelineOf(First, Serializing) {});
    expect([answerCodec.name, answerCodec.mediaType]).toEqual(['text', text.mediaType]);
    const answer = Buffer.from([0, 255]);
    expect(answerCodec.decode(answer)).toEqual(bytes.decode(answer));
    expect(answerCodec.encode(answer)).toEqual(answer);
  });
});
