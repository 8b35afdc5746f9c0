import type { InferenceSession } from 'onnxruntime-node';

/** Options of `OnnxModule.forFile`. @publicApi */
export interface OnnxOptions {
  /**
   * Provides the session under `getOnnxSessionToken(name)` instead of `OnnxSession`, for stages with several.
   * @default none
   */
  readonly name?: string;
  /**
   * Threads that compute one operator together.
   * @default the cores shared out among the replicas of the stage, at least 1
   */
  readonly threads?: number;
  /**
   * Options of onnxruntime, e.g. `executionProviders`, `graphOptimizationLevel`, `freeDimensionOverrides`.
   * @default those of onnxruntime
   */
  readonly session?: InferenceSession.SessionOptions;
}
