import { join } from 'node:path';

/** A file of the folder that `MODEL_DIR` names. */
export function modelFile(name: string): string {
  const folder = process.env.MODEL_DIR;
  if (folder === undefined) throw new Error(`MODEL_DIR is not set: give it the folder that holds "${name}".`);
  return join(folder, name);
}
