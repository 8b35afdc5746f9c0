import { describe, expect, it } from 'vitest';
import type { NdArray } from '#libs/codec';
import { inputSchema, outputSchema } from './item-schema.js';
import { jsonTensors } from './json-tensors.codec.js';
import type { TensorSpec } from './tensor-spec.js';

const spec = (dtype: TensorSpec['dtype'], shape: TensorSpec['shape']): TensorSpec => ({ name: 'x', dtype, shape });
const accept = async (specs: TensorSpec[], value: unknown) => {
  const result = await inputSchema(() => ({ name: 'm', specs }))['~standard'].validate(value);
  return result.issues ? result.issues[0]?.message : result.value['x'];
};

describe('when an item comes from JSON', () => {
  it.each<[TensorSpec, unknown, NdArray['data'], number[]]>([
    [
      spec('float32', [2, 'n']),
      [
        [1, 2.5, 3],
        [4, 5, 6],
      ],
      Float32Array.of(1, 2.5, 3, 4, 5, 6),
      [2, 3],
    ],
    [spec('float64', []), 0.1, Float64Array.of(0.1), []],
    [spec('int64', ['n']), [1, -2, '9007199254740993'], BigInt64Array.of(1n, -2n, 9007199254740993n), [3]],
    [spec('uint8', ['n']), [0, 255], Uint8Array.of(0, 255), [2]],
    [spec('bool', ['n']), [true, false, 1], Uint8Array.of(1, 0, 1), [3]],
    [spec('float32', ['n']), [], Float32Array.of(), [0]],
  ])('should make arrays of nested lists (%#)', async (tensor, lists, data, shape) => {
    expect(await accept([tensor], { x: lists })).toEqual({ dtype: tensor.dtype, shape, data });
  });

  it.each<[TensorSpec, unknown, string]>([
    [spec('float32', ['n', 2]), [[1, 2], [3]], 'and its lists have different lengths.'],
    [spec('float32', ['n', 2]), [[1, 2], 3], 'and its lists have different depths.'],
    [spec('float32', ['n']), [1, [2]], 'and its lists have different lengths.'],
    [spec('float32', ['n']), ['1'], 'and "1" in its lists is no such number.'],
    [spec('float32', ['n']), [null], 'and null in its lists is no such number.'],
    [spec('int64', ['n']), [1.5], 'and 1.5 in its lists is no such number.'],
    [spec('int64', ['n']), [1e300], 'and 1e+300 in its lists is no such number.'],
    [spec('int64', ['n']), ['9223372036854775808'], 'and 9223372036854775808 in its lists is out of range.'],
    [spec('uint8', ['n']), [256], 'and 256 in its lists is out of range.'],
    [spec('int32', ['n']), [0.5], 'and 0.5 in its lists is out of range.'],
    [spec('bool', ['n']), [2], 'and 2 in its lists is out of range.'],
    [spec('float16', ['n']), [1], 'and lists cannot write it: send it as an array in msgpack.'],
    [spec('float32', [3]), [1, 2], 'Model "m" takes input "x" as float32 [3], and was given float32 [2].'],
    [spec('float32', [3]), undefined, 'and undefined in its lists is no such number.'],
  ])('should refuse what the input cannot hold (%#)', async (tensor, lists, message) => {
    expect(await accept([tensor], { x: lists })).toContain(message);
  });

  it.each([[null], [[1]], [7], ['text']])('should refuse %j, which has no names', async (value) => {
    expect(await accept([spec('float32', [])], value)).toBe('Model "m" takes an object with its inputs "x".');
  });

  it('should refuse an unknown name and a missing one', async () => {
    expect(await accept([spec('float32', [])], { x: 1, y: 2 })).toBe('Model "m" has no input "y": its inputs are "x".');
    expect(await accept([spec('float32', [])], {})).toBe(
      'Model "m" takes input "x" as float32 [], and was not given it.',
    );
  });
});

describe('when an item comes from another stage', () => {
  it('should pass arrays on as they are', async () => {
    const x: NdArray = { dtype: 'float16', shape: [1], data: Uint16Array.of(0x3c00) };
    expect(await accept([spec('float16', [1])], { x })).toBe(x);
  });

  it('should take a bare typed array for one dimension', async () => {
    const data = Float32Array.of(1, 2);
    expect(await accept([spec('float32', ['n'])], { x: data })).toEqual({ dtype: 'float32', shape: [2], data });
  });
});

describe('when results are written as JSON', () => {
  it('should be nested lists, integers with all their digits', () => {
    const y: NdArray = { dtype: 'int64', shape: [2, 1], data: BigInt64Array.of(9007199254740993n, -1n) };
    const p: NdArray = { dtype: 'float32', shape: [3], data: Float32Array.of(0.5, NaN, Infinity) };
    const s: NdArray = { dtype: 'float64', shape: [], data: Float64Array.of(1e-7) };
    const text = Buffer.from(jsonTensors.encode({ y, p, s, label: 'cat', none: undefined, ids: [1, 2] })).toString();
    expect(text).toBe('{"y":[[9007199254740993],[-1]],"p":[0.5,null,null],"s":1e-7,"label":"cat","ids":[1,2]}');
  });

  it('should refuse what JSON has no numbers for', () => {
    const half: NdArray = { dtype: 'float16', shape: [1], data: Uint16Array.of(0) };
    expect(() => jsonTensors.encode({ half })).toThrow('JSON has no form for an array of float16: answer in msgpack');
    expect(() => jsonTensors.encode(undefined)).toThrow('JSON has no form for undefined');
  });

  it('should let what the model returned pass', async () => {
    const schema = outputSchema(() => ({ name: 'm', specs: [] }));
    expect(await schema['~standard'].validate({})).toEqual({ value: {} });
  });
});
