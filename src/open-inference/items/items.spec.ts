import { describe, expect, it } from 'vitest';
import { modelOf } from '../model.fixture.js';
import type { ServedModel } from '../model/served-model.js';
import { readInferRequest } from '../request/read-request.js';
import { joinItems } from './join-items.js';
import { splitItems } from './split-items.js';

const split = (model: ServedModel, inputs: object[]) =>
  splitItems(model, readInferRequest(model, Buffer.from(JSON.stringify({ inputs })), undefined).inputs);
const outputsOf = (model: ServedModel) => [...model.outputs.values()].map((spec) => ({ spec, binary: false }));
const join = (model: ServedModel, items: unknown[]) => joinItems(model, outputsOf(model), items);
const floats = (...data: number[]) => ({ dtype: 'float32', shape: [data.length], data: Float32Array.from(data) });

describe('when a request is split into items', () => {
  const two = modelOf({
    inputs: [
      { name: 'x', datatype: 'FP32', shape: [-1, -1] },
      { name: '__proto__', datatype: 'BYTES', shape: [-1] },
    ],
  });
  const x = { name: 'x', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, 4] };

  it('should give each its place of every input, without the dimension of the batch, as views', () => {
    const words = { name: '__proto__', datatype: 'BYTES', shape: [2], data: ['a', 'b'] };
    const items = split(two, [x, words]);
    expect(items.map((item) => Object.entries(item))).toEqual([
      [
        ['x', floats(1, 2)],
        ['__proto__', { dtype: 'bytes', shape: [], data: [Buffer.from('a')] }],
      ],
      [
        ['x', floats(3, 4)],
        ['__proto__', { dtype: 'bytes', shape: [], data: [Buffer.from('b')] }],
      ],
    ]);
    const [first, second] = items.map((item) => item['x']?.data as Float32Array);
    expect(first?.buffer).toBe(second?.buffer);
  });

  it('should refuse inputs of different numbers of items', () => {
    const words = { name: '__proto__', datatype: 'BYTES', shape: [3], data: ['a', 'b', 'c'] };
    expect(() => split(two, [x, words])).toThrow(
      'model "m": input "x" has shape [2, 2] and input "__proto__" [3]: the first dimension, that of the batch',
    );
  });

  it('should refuse none and too many', () => {
    const one = modelOf({ maxItems: 1 });
    expect(() => split(one, [x])).toThrow('model "m": a request of 2 items is too large: send at most 1');
    expect(() => split(one, [{ ...x, shape: [0, 2], data: [] }])).toThrow('has shape [0, 2], without an item');
  });

  it('should leave the one item of a model without batches whole', () => {
    const whole = modelOf({ batched: false });
    expect(split(whole, [x])).toEqual([{ x: { ...floats(1, 2, 3, 4), shape: [2, 2] } }]);
  });
});

describe('when items are joined to outputs', () => {
  const model = modelOf();

  it('should put the dimension of the batch before theirs', () => {
    expect(join(model, [{ y: floats(1, 2) }, { y: floats(3, 4) }])).toMatchObject([
      { shape: [2, 2], parts: [Float32Array.of(1, 2), Float32Array.of(3, 4)] },
    ]);
    const whole = modelOf({ batched: false });
    expect(join(whole, [{ y: { ...floats(1, 2), shape: [1, 2] } }])).toMatchObject([{ shape: [1, 2] }]);
  });

  it.each([
    [undefined, 'is missing in what the last stage returned'],
    [{}, 'is missing in what the last stage returned'],
    [{ y: null }, 'is missing'],
    [{ y: { ...floats(1), dtype: 'int8' } }, 'has dtype int8 and should have float32, with data to fit'],
    [{ y: { ...floats(1), data: [1] } }, 'has dtype float32 and should have float32, with data to fit'],
    [{ y: { ...floats(1), shape: undefined } }, 'has no shape'],
    [{ y: { ...floats(1), shape: [-1] } }, 'has no shape'],
    [{ y: { ...floats(1), shape: [1, 1] } }, 'has shape [1, 1] and should have [-1]'],
    [{ y: { ...floats(1), shape: [2] } }, 'has 1 elements, and shape [2] takes 2'],
  ])('should say what a stage should have returned: %j', (item, text) => {
    expect(() => join(model, [item])).toThrow(`model "m": output "y" ${text}`);
  });

  it('should not join items of different shapes', () => {
    expect(() => join(model, [{ y: floats(1) }, { y: floats(1, 2) }])).toThrow(
      'model "m": output "y" has shapes [1] and [2], which cannot be joined',
    );
  });
});
