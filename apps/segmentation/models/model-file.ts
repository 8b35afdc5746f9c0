import { join } from 'node:path';

/** Path of a file in `MODEL_DIR`. */
export function modelFile(name: string): string {
  const folder = process.env.MODEL_DIR;
  if (!folder) throw new Error('"MODEL_DIR" is not set: give the folder of the model, see the README.');
  return join(folder, name);
}
