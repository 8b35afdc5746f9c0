import { floats, node, type Graph } from '../../test/support/onnx/index.js';

/** `y = x · [[1, 0], [0, 10]] + [0, 1]` */
export const linear = (batch: number | string = 'batch'): Graph => ({
  inputs: { x: { dtype: 'float32', shape: [batch, 2] } },
  outputs: { y: { dtype: 'float32', shape: [batch, 2] } },
  initialisers: { w: floats([2, 2], [1, 0, 0, 10]), b: floats([2], [0, 1]) },
  nodes: [node('Gemm', ['x', 'w', 'b'], ['y'])],
});

/** Per item how many ids its mask lets through, and the ids masked; no dimension of the sequence is known before. */
export const masked: Graph = {
  inputs: {
    ids: { dtype: 'int64', shape: ['batch', 'sequence'] },
    mask: { dtype: 'int64', shape: ['batch', 'sequence'] },
  },
  outputs: {
    kept: { dtype: 'int64', shape: ['batch', 'sequence'] },
    sum: { dtype: 'int64', shape: ['batch', 1] },
  },
  initialisers: { last: { dtype: 'int64', shape: [1], data: BigInt64Array.of(1n) } },
  nodes: [node('Mul', ['ids', 'mask'], ['kept']), node('ReduceSum', ['kept', 'last'], ['sum'])],
};
