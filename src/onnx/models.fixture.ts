import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel, floats, node, type Graph } from '../../test/support/onnx/index.js';

/** A folder of models, removed by `remove`. */
export class ModelFolder {
  private readonly path = mkdtempSync(join(tmpdir(), 'mosec-onnx-'));

  /** @returns the path of the file */
  write(name: string, graph: Graph | Uint8Array): string {
    const file = join(this.path, name);
    writeFileSync(file, graph instanceof Uint8Array ? graph : encodeModel(graph));
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

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
