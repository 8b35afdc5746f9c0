import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import {
  encodeModel,
  floats,
  ints,
  ModelFolder,
  node,
  type DataType,
  type Graph,
} from '../../test/support/onnx/index.js';
import { linear, masked } from './models.fixture.js';
import { readModelSignature } from './read-signature.js';

const folder = new ModelFolder();
afterAll(() => folder.remove());

const types: DataType[] = ['float32', 'float64', 'float16', 'int8', 'uint8', 'int32', 'int64', 'bool', 'string'];
const everyType: Graph = {
  inputs: Object.fromEntries(types.map((dtype) => [`x_${dtype}`, { dtype, shape: ['', 3, 'n'] }])),
  outputs: Object.fromEntries(types.map((dtype) => [`y_${dtype}`, { dtype, shape: ['', 3, 'n'] }])),
  nodes: types.map((dtype) => node('Identity', [`x_${dtype}`], [`y_${dtype}`])),
};
const scalar: Graph = {
  inputs: { x: { dtype: 'float32', shape: [] } },
  outputs: { y: { dtype: 'float32', shape: [] } },
  nodes: [node('Relu', ['x'], ['y'])],
};
/** Larger than what is read at once, with a weight among its inputs as old files have it. */
const large: Graph = {
  inputs: { w: { dtype: 'float32', shape: [300, 400] }, x: { dtype: 'float32', shape: ['batch', 300] } },
  outputs: { y: { dtype: 'float32', shape: ['batch', 400] } },
  initialisers: { unused: ints([1], [-1]), w: floats([300, 400], new Float32Array(120_000)) },
  nodes: [node('MatMul', ['x', 'w'], ['y'])],
};

describe.each(Object.entries({ linear: linear(), fixed: linear(4), masked, everyType, scalar, large }))(
  'when the model "%s" is read without onnxruntime',
  (name, graph) => {
    it('should have the inputs and outputs that onnxruntime sees', async () => {
      const path = folder.write(`${name}.onnx`, graph);
      const session = await InferenceSession.create(path, { logSeverityLevel: 3 });
      const seen = (metadata: readonly InferenceSession.ValueMetadata[]) =>
        metadata.map((value) => value.isTensor && { name: value.name, dtype: value.type, shape: value.shape });
      const expected = { inputs: seen(session.inputMetadata), outputs: seen(session.outputMetadata) };
      await session.release();
      expect(readModelSignature(path)).toEqual(expected);
      expect(readModelSignature(() => pathToFileURL(path))).toEqual(expected);
    });
  },
);

describe('when a file is no ONNX model', () => {
  const model = encodeModel(linear());
  it.each([
    ['a text', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\n')],
    ['empty', Buffer.alloc(0)],
    ['cut off', model.subarray(0, model.length - 20)],
    ['zeros', Buffer.alloc(64)],
  ])('should say so of one that is %s', (_what, bytes) => {
    const path = folder.write('broken.onnx', bytes);
    expect(() => readModelSignature(path)).toThrow(
      /^Model file ".*broken.onnx" is no ONNX model, it .*: export or fetch/,
    );
  });

  it('should never fail in another way, wherever it is cut off or damaged', () => {
    for (let length = 0; length < model.length; length++) {
      for (const bytes of [model.subarray(0, length), damaged(model, length)]) {
        const path = folder.write('broken.onnx', bytes);
        try {
          readModelSignature(path);
        } catch (error) {
          expect((error as Error).name).toBe('MosecConfigurationError');
        }
      }
    }
  });
});

describe('when a file cannot be opened', () => {
  it('should name it and say why', () => {
    expect(() => readModelSignature('/nowhere/model.onnx')).toThrow(
      'Model file "/nowhere/model.onnx" cannot be opened (ENOENT): give the path of an ONNX file.',
    );
  });

  it('should say that a folder is none', () => {
    mkdirSync(join(folder.path, 'folder'));
    expect(() => readModelSignature(join(folder.path, 'folder'))).toThrow('is no ONNX model, ');
  });
});

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = 255;
  return copy;
}
