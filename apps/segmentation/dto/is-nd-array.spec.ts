import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { IsNdArray } from './is-nd-array.js';

class Request {
  @IsNdArray(['uint8', 'float32'], ['height', 'width', 3])
  image: unknown;

  constructor(image: unknown) {
    this.image = image;
  }
}

const problems = (image: unknown) =>
  validateSync(new Request(image)).flatMap(({ constraints = {} }) => Object.values(constraints));

describe('when a value should be an array', () => {
  it.each([
    ['bytes', { dtype: 'uint8', shape: [1, 2, 3], data: new Uint8Array(6) }],
    ['a buffer', { dtype: 'uint8', shape: [1, 2, 3], data: Buffer.alloc(6) }],
    ['floats', { dtype: 'float32', shape: [2, 1, 3], data: new Float32Array(6) }],
  ])('should take %s', (_, image) => expect(problems(image)).toEqual([]));

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [1, 2, 3]],
    ['another type', { dtype: 'int16', shape: [1, 2, 3], data: new Int16Array(6) }],
    ['data of another type', { dtype: 'float32', shape: [1, 2, 3], data: new Uint8Array(6) }],
    ['too little data', { dtype: 'uint8', shape: [1, 2, 3], data: new Uint8Array(5) }],
    ['another size', { dtype: 'uint8', shape: [1, 2, 4], data: new Uint8Array(8) }],
    ['another rank', { dtype: 'uint8', shape: [2, 3], data: new Uint8Array(6) }],
    ['no pixel', { dtype: 'uint8', shape: [0, 2, 3], data: new Uint8Array(0) }],
    ['sizes that are none', { dtype: 'uint8', shape: [-1, -2, 3], data: new Uint8Array(6) }],
  ])('should refuse %s', (_, image) => {
    expect(problems(image)).toEqual(['image must be an array of uint8 or float32 [height, width, 3]']);
  });
});
