import { describe, expect, it } from 'vitest';
import { findBatchAxes } from './batch-axis.js';
import type { ModelSignature, TensorSpec } from './tensor-spec.js';

type Shapes = Record<string, (number | string)[]>;
const specs = (shapes: Shapes): TensorSpec[] =>
  Object.entries(shapes).map(([name, shape]) => ({ name, dtype: 'float32', shape }));
const signature = (inputs: Shapes, outputs: Shapes): ModelSignature => ({
  inputs: specs(inputs),
  outputs: specs(outputs),
});

describe('when the batch dimension is looked for', () => {
  it.each([
    [
      'the first, if dynamic everywhere',
      { x: ['batch', 'sequence'] },
      { y: ['Gather_0', 2] },
      { x: 0 },
      { y: 0 },
      undefined,
    ],
    ['the first without a name', { x: ['', 3] }, { y: ['', 2] }, { x: 0 }, { y: 0 }, undefined],
    ['the one that all share', { x: ['b', 5], s: [2, 'b', 8] }, { y: ['b', 1] }, { x: 0, s: 1 }, { y: 0 }, undefined],
    ['that of the fitting name', { s: [2, 't', 'batch'] }, { y: [2, 't', 'batch'] }, { s: 2 }, { y: 2 }, undefined],
    ['that of the inputs for an output of unknown shape', { x: ['b', 3] }, { y: [] }, { x: 0 }, { y: 0 }, undefined],
    ['the first of one fixed size', { x: [1, 3, 8, 8] }, { y: [1, 10] }, { x: 0 }, { y: 0 }, 1],
    ['the first of a larger fixed size', { x: [4, 3], m: [4] }, { y: [4, 10] }, { x: 0, m: 0 }, { y: 0 }, 4],
  ])('should be %s', (_what, inputs, outputs, inputAxes, outputAxes, size) => {
    const found = findBatchAxes('m', signature(inputs, outputs));
    expect(found).toEqual({ inputs: inputAxes, outputs: outputAxes, ...(size !== undefined && { size }) });
  });

  it('should be the one that is named', () => {
    const model = signature({ x: ['time', 'n', 4] }, { y: ['time', 'n'] });
    expect(findBatchAxes('m', model, 'n')).toEqual({ inputs: { x: 1 }, outputs: { y: 1 } });
  });

  it('should be none if there is to be none', () => {
    expect(findBatchAxes('m', signature({ x: [3] }, { y: [2] }), false)).toBeUndefined();
  });

  it('should not be guessed, and the shapes be told', () => {
    expect(() => findBatchAxes('vad', signature({ x: ['b', 5], rate: [] }, { y: ['b', 1] }))).toThrow(
      'Model "vad" has no batch dimension that its inputs and outputs share ' +
        '("x" float32 [b, 5], "rate" float32 [], "y" float32 [b, 1]): ' +
        'name it with batchDimension, or set batchDimension: false to run items one by one.',
    );
    expect(() => findBatchAxes('m', signature({ x: [3, 2] }, { y: [4, 2] }))).toThrow('no batch dimension');
    expect(() => findBatchAxes('m', signature({ x: ['b'] }, { y: ['b'] }), 'n')).toThrow('no dimension "n"');
  });
});
