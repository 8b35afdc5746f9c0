import { open, type FileHandle } from 'node:fs/promises';
import { addPoint } from './run-record.js';
import { type Progress, type ResultSink } from './result-sink.js';

/** The record says from time to time how far the output is; lines since then are the few that are not compared. */
const RECORD_EVERY_MS = 1000;

export interface FileSinkOptions {
  readonly path: string;
  readonly recordPath: string;
  /** Bytes that stay. */
  readonly from: number;
  readonly now: () => number;
}

/** Appends to a file, and notices when somebody else writes to it too. */
export class FileSink implements ResultSink {
  private position: number;
  private recordedAt = -Infinity;

  private constructor(
    private readonly file: FileHandle,
    private readonly options: FileSinkOptions,
  ) {
    this.position = options.from;
  }

  /** Cuts off what stands behind `from`, half a line. */
  static async open(options: FileSinkOptions): Promise<FileSink> {
    const file = await open(options.path, options.from > 0 ? 'r+' : 'w');
    await file.truncate(options.from);
    return new FileSink(file, options);
  }

  async write(text: string, upTo: Progress): Promise<void> {
    const { path, now } = this.options;
    if ((await this.file.stat()).size !== this.position) {
      throw new Error(`"${path}" is being written by somebody else: let one run at a time write it.`);
    }
    if (now() - this.recordedAt >= RECORD_EVERY_MS) {
      // Before the lines themselves, so that none is without it.
      await addPoint(this.options.recordPath, upTo);
      this.recordedAt = now();
    }
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.position);
      done += bytesWritten;
      this.position += bytesWritten;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
