import { describe, expect, it } from 'vitest';
import { builtInFormat, bytes, image, json, msgpack, multipart, text } from '#libs/codec';
import type { Codec } from '#libs/contracts';
import { Pipeline } from './decorators/pipeline.decorator.js';
import { PipelineOf } from './decorators/pipeline-of.js';
import { Route } from './decorators/route.decorator.js';
import { stageRuntime } from './decorators/stage-runtime.js';
import { Stage } from './decorators/stage.decorator.js';
import type { EdgeCodec } from './http/negotiation.js';
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

@Stage({ codec: multipart, ipc: msgpack })
class Uploads {
  forward(value: unknown): unknown {
    return value;
  }
}

@Stage({ input: Number, codec: [image, text, json] })
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

const edge = (...codecs: readonly Codec[]) => codecs.map((codec, format) => ({ codec, format }));

describe('when the edges of a pipeline are read', () => {
  it('should take requests as its first stage does, and answer as its last one does', () => {
    class Both extends PipelineOf(First, Last) {}
    const edges = pipelineEdges(Both);
    expect(edges).toMatchObject({ requestCodecs: edge(json, text), input: String, output: String });
    expect(edges.answerCodecs).toEqual([{ codec: text, format: 0 }]);
  });

  it('should pass on the headers that any stage asks for, once and in lower case, and the trace', () => {
    class Both extends PipelineOf(First, Last) {}
    expect(pipelineEdges(Both).passHeaders).toEqual(['traceparent', 'x-user', 'accept-language']);
    expect(pipelineEdges(class extends PipelineOf(Plain) {}).passHeaders).toEqual(['traceparent']);
  });

  it('should answer in any of several codecs, the first by default', () => {
    @Pipeline([First])
    class Single {}
    expect(pipelineEdges(Single).answerCodecs).toEqual([
      { codec: json, format: 0 },
      { codec: text, format: 1 },
    ]);
  });

  it('should answer in JSON where a stage only reads', () => {
    const edges = pipelineEdges(class extends PipelineOf(Uploads) {});
    expect(edges).toMatchObject({ requestCodecs: edge(multipart), answerCodecs: [{ codec: json, format: 1 }] });
  });

  it('should name the codec in which its last stage hands over', () => {
    expect(pipelineEdges(class extends PipelineOf(Uploads) {}).hopCodecs).toEqual([msgpack]);
  });

  it('should be JSON without a schema where a stage says nothing', () => {
    const edges = pipelineEdges(class extends PipelineOf(Plain) {});
    expect(edges).toEqual({
      requestCodecs: edge(json),
      answerCodecs: [{ codec: json, format: 0 }],
      hopCodecs: [],
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
    const { answerCodecs } = pipelineEdges(class extends PipelineOf(First, Serializing) {});
    const { codec: answerCodec, format } = answerCodecs[0] as EdgeCodec;
    expect([answerCodecs.length, format]).toEqual([1, 1]);
    expect([answerCodec.name, answerCodec.mediaType]).toEqual(['text', text.mediaType]);
    const answer = Buffer.from([0, 255]);
    expect(answerCodec.decode(answer)).toEqual(bytes.decode(answer));
    expect(answerCodec.encode(answer)).toEqual(answer);
  });
});

describe('when a route names codecs', () => {
  it('should take them at both edges instead of those of the stages', () => {
    @Route('/', { codec: msgpack })
    @Pipeline([First, Last])
    class Packed {}
    const packed = [{ codec: msgpack, format: builtInFormat(msgpack) }];
    expect(pipelineEdges(Packed)).toMatchObject({ requestCodecs: packed, answerCodecs: packed });
  });

  it('should know one by its place in the stage where the stage names it too', () => {
    @Route('/', { codec: [text, bytes] })
    @Pipeline([First, Last])
    class Texts {}
    expect(pipelineEdges(Texts).requestCodecs.map(({ format }) => format)).toEqual([1, builtInFormat(bytes)]);
    expect(pipelineEdges(Texts).answerCodecs.map(({ format }) => format)).toEqual([0, builtInFormat(bytes)]);
  });

  it('should answer in JSON where they only read', () => {
    @Route('/', { codec: image })
    @Pipeline([First, Last])
    class Images {}
    expect(pipelineEdges(Images).answerCodecs).toEqual([{ codec: json, format: builtInFormat(json) }]);
  });
});
