import { describe, expect, it } from 'vitest';
import { modelOf } from '../model.fixture.js';
import { inferAnswer } from './infer-answer.js';

const model = modelOf({
  outputs: [
    { name: 'y', datatype: 'FP32', shape: [-1, -1] },
    { name: 'w"ord', datatype: 'BYTES', shape: [-1] },
  ],
});
const [y, word] = [...model.outputs.values()] as [never, never];
const floats = (binary: boolean) => ({
  spec: y,
  binary,
  shape: [2, 1],
  parts: [Float32Array.of(1), Float32Array.of(NaN)],
});
const words = (binary: boolean) => ({ spec: word, binary, shape: [2], parts: [['é'], [Buffer.from('b')]] });

describe('when a response is written', () => {
  it('should be JSON alone where nothing is wanted in binary form', () => {
    const { bytes, jsonBytes } = inferAnswer(model, 'a"b', [words(false)]);
    expect(jsonBytes).toBeUndefined();
    expect(bytes.toString()).toBe(
      '{"model_name":"m","model_version":"1","id":"a\\"b",' +
        '"outputs":[{"name":"w\\"ord","datatype":"BYTES","shape":[2],"data":["é","b"]}]}',
    );
  });

  it('should have binary tensors behind the JSON, in the order of the outputs', () => {
    const { bytes, jsonBytes } = inferAnswer(model, undefined, [words(true), floats(true)]);
    expect(bytes.toString('utf8', 0, jsonBytes)).toBe(
      '{"model_name":"m","model_version":"1","outputs":[' +
        '{"name":"w\\"ord","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":11}},' +
        '{"name":"y","datatype":"FP32","shape":[2,1],"parameters":{"binary_data_size":8}}]}',
    );
    expect(bytes.subarray(jsonBytes).toString('hex')).toBe('02000000c3a90100000062' + '0000803f' + '0000c07f');
  });

  it('should have no binary part, and still say where the JSON ends, when the tensors are empty', () => {
    const empty = { spec: y, binary: true, shape: [1, 0], parts: [new Float32Array(0)] };
    const { bytes, jsonBytes } = inferAnswer(model, undefined, [empty]);
    expect(jsonBytes).toBe(bytes.length);
    const text = inferAnswer(model, undefined, [{ ...empty, binary: false }]).bytes.toString();
    expect(text).toContain('"shape":[1,0],"data":[]');
  });

  it('should name the output that JSON has no form for', () => {
    expect(() => inferAnswer(model, undefined, [floats(false)])).toThrow(
      'model "m": output "y" holds NaN or infinity, which JSON has no form for: ask for it as binary_data',
    );
  });
});
