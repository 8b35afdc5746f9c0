import { rm } from 'node:fs/promises';
import { createRecord, readRecord, recordPath, type RunRecord, type RunSettings } from './run-record.js';
import { type Progress } from './result-sink.js';
import { scanOutput } from './scan-output.js';

/** From where a run goes on. */
export interface ResumePoint {
  readonly run: string;
  /** Lines that are done, and failures among them. */
  readonly lines: number;
  readonly failed: number;
  /** Bytes of the output that stay. */
  readonly end: number;
  /** How the input has to begin. */
  readonly expected: Progress | undefined;
}

/**
 * @param output path of the file
 * @throws Error when the output is not one of such a run
 */
export async function resumePoint(output: string, settings: RunSettings, restart: boolean): Promise<ResumePoint> {
  const path = recordPath(output);
  if (restart) await rm(output, { force: true });
  const { lines, failed, end, isCut } = await scanOutput(output);
  const record = await readRecord(path);
  if (lines > 0 || isCut) check(record, output, settings);
  if (!record || lines === 0) {
    const { run } = await createRecord(path, settings);
    return { run, lines, failed, end, expected: undefined };
  }
  const expected = record.points.findLast((point) => point.lines <= lines);
  return { run: record.run, lines, failed, end, expected };
}

function check(record: RunRecord | undefined, output: string, settings: RunSettings): asserts record is RunRecord {
  const cure = 'name another --out, or replace it with --restart';
  if (!record) {
    throw new Error(`"${output}" is there already, without "${recordPath(output)}" to continue from: ${cure}.`);
  }
  for (const name of ['route', 'format'] as const) {
    if (record[name] === settings[name]) continue;
    throw new Error(`"${output}" was begun with --${name} ${record[name]} and not ${settings[name]}: ${cure}.`);
  }
}
