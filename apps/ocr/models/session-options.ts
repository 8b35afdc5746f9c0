import type { InferenceSession } from 'onnxruntime-node';

/** One thread per replica: more replicas then use more cores, and never fight over the same one. */
export const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
};
