import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder in which the stages of a fixture leave traces and wait for files of the test. */
export class TraceFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'mosec-e2e-'));

  /** The environment that tells a fixture about it. */
  get env(): { TRACE_FOLDER: string } {
    return { TRACE_FOLDER: this.path };
  }

  /** Lines of a trace so far. */
  lines(file: string): string[] {
    try {
      return readFileSync(join(this.path, file), 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  }

  /** Makes a file that stages wait for. */
  release(file: string): void {
    writeFileSync(join(this.path, file), '');
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
