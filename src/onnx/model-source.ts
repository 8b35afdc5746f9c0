import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path (relative to the working folder) or URL of an ONNX file, or a function that is called when it is needed. @publicApi */
export type ModelSource = string | URL | (() => string | URL);

export function modelPath(source: ModelSource): string {
  const given = typeof source === 'function' ? source() : source;
  return given instanceof URL || given.startsWith('file:') ? fileURLToPath(given) : given;
}

/** How errors and logs call the model: clients see them, so no folders. */
export function modelName(path: string): string {
  return basename(path).replace(/\.(onnx|ort)$/, '');
}
