import type * as Onnxruntime from 'onnxruntime-node';
import { loadPackage } from '#libs/codec';

export type Runtime = typeof Onnxruntime;

/** Loaded when the first session is made: a gateway that only names models stays light. */
export function loadRuntime(): Runtime {
  return loadPackage<Runtime>('onnxruntime-node', 'OnnxModule');
}
