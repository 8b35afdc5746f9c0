import { createReadStream } from 'node:fs';
import { readLines } from '../input/line-reader.js';
import { tellsSuccess } from './result-line.js';

/** What an output holds already. */
export interface OutputState {
  /** Whole ones. */
  readonly lines: number;
  /** Lines among them that tell of a failure. */
  readonly failed: number;
  /** Bytes of the whole lines: what comes behind is half a line. */
  readonly end: number;
  /** Whether half a line comes behind them. */
  readonly isCut: boolean;
}

/** Of a line so much is looked at: more than status and `custom_id` need. */
const HEAD_BYTES = 4096;

export async function scanOutput(path: string): Promise<OutputState> {
  const state = { lines: 0, failed: 0, end: 0, isCut: false };
  try {
    for await (const { bytes, ended, end } of readLines(createReadStream(path), HEAD_BYTES)) {
      state.isCut = !ended;
      if (!ended) break;
      state.lines++;
      state.end = end;
      if (!tellsSuccess(bytes.toString())) state.failed++;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return state;
}
