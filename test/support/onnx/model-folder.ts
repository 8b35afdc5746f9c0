import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel, type Graph } from './model.js';

/** A folder of models, removed by `remove`. */
export class ModelFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'mosec-onnx-'));

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
