import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { STANDARD_STREAM, type BatchPlan } from '../../batch/batch-plan.js';
import { UsageError } from '../usage.error.js';

/** @throws UsageError when a file cannot be read or written, before anything is sent */
export async function checkFiles({ input, output }: BatchPlan): Promise<void> {
  if (input !== STANDARD_STREAM && !(await isReadable(input))) {
    throw new UsageError(`--in "${input}" cannot be read: name a file that exists.`);
  }
  if (output !== STANDARD_STREAM && !(await isWritable(output))) {
    throw new UsageError(`--out "${output}" cannot be written: name a file in a folder that exists.`);
  }
}

async function isReadable(path: string): Promise<boolean> {
  const found = await find(path);
  return found?.isDirectory() === false && allows(path, constants.R_OK);
}

/** Only of a file it can be told how far it is, so no pipe and no device. */
async function isWritable(path: string): Promise<boolean> {
  const found = await find(path);
  return found
    ? found.isFile() && allows(path, constants.R_OK | constants.W_OK)
    : allows(dirname(path), constants.W_OK);
}

const find = (path: string): Promise<Stats | undefined> => stat(path).catch(() => undefined);

const allows = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
