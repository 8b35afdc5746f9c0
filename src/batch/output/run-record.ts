import { randomBytes } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { type Progress } from './result-sink.js';

/** What a run must have in common with the one that it continues. */
export interface RunSettings {
  readonly route: string;
  readonly format: string;
}

/** What is kept beside the output, to continue from. */
export interface RunRecord extends RunSettings {
  /** Of the run that began it: makes the keys of lines unique. */
  readonly run: string;
  /** In order of lines. */
  readonly points: readonly Progress[];
}

const VERSION = 1;
const RUN_BYTES = 8;

export const recordPath = (output: string): string => `${output}.state`;

/** @returns undefined if there is none, or none that this version wrote */
export async function readRecord(path: string): Promise<RunRecord | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [head, ...points] = text.split('\n').map(parse);
  if (head?.['version'] !== VERSION) return undefined;
  // A run that is killed, or a disk that is full, may cut a line.
  const whole = points.filter((point) => point !== undefined) as unknown as Progress[];
  return { ...(head as unknown as RunRecord), points: whole };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

export async function createRecord(path: string, { route, format }: RunSettings): Promise<RunRecord> {
  const head = { run: randomBytes(RUN_BYTES).toString('hex'), route, format };
  await writeFile(path, `${JSON.stringify({ version: VERSION, ...head })}\n`);
  return { ...head, points: [] };
}

/** A line cut before does no harm: it stands alone. */
export function addPoint(path: string, { lines, fingerprint }: Progress): Promise<void> {
  return appendFile(path, `\n${JSON.stringify({ lines, fingerprint })}\n`);
}
