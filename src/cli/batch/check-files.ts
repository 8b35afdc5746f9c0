import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { STANDARD_STREAM, type BatchPlan } from '../../batch/batch-plan.js';
import { UsageError } from '../usage.error.js';

/** @throws UsageError when a file cannot be read or written, before anything is sent */
export async function checkFiles({ input, output }: BatchPlan): Promise<void> {
  if (input !== STANDARD_STREAM && !((await isFolder(input)) === false && (await allows(input, constants.R_OK)))) {
    throw new UsageError(`--in "${input}" cannot be read: name a file that exists.`);
  }
  if (output === STANDARD_STREAM) return;
  const folder = await isFolder(output);
  const target = folder === undefined ? dirname(output) : output;
  if (folder === true || !(await allows(target, constants.W_OK))) {
    throw new UsageError(`--out "${output}" cannot be written: name a file in a folder that exists.`);
  }
}

/** @returns undefined if there is nothing of that name */
const isFolder = (path: string): Promise<boolean | undefined> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );

const allows = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
