import { join } from 'node:path';

/** `model.onnx` in the folder that `MODEL_DIR` names. */
export function modelFile(): string {
  const folder = process.env.MODEL_DIR;
  if (folder === undefined) throw new Error('MODEL_DIR is not set: give it the folder that holds "model.onnx".');
  return join(folder, 'model.onnx');
}
