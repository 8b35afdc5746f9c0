import type { ModelSource } from './model-source.js';
import type { OnnxOptions } from './session-options.interface.js';
import type { Tensors } from './tensors.js';

/** Options of `onnxStage`. @publicApi */
export interface OnnxStageOptions extends Omit<OnnxOptions, 'name'> {
  /** The ONNX file. A function is called when the file is needed, in the gateway only to describe it. */
  readonly model: ModelSource;
  /**
   * Name of the model's dimension along which items are put together, or `false` for a model that takes one item at a
   * time and has no such dimension.
   * @default the first of all inputs and outputs, or the one dynamic dimension that they share
   */
  readonly batchDimension?: string | false;
  /**
   * Inputs that are filled up to the longest of their batch, and with what: `{ input_ids: 0, attention_mask: 0 }`.
   * Outputs that have a dimension of the same name are cut back. Items of different shapes run apart otherwise.
   * @default none
   */
  readonly pad?: Readonly<Record<string, number>>;
  /**
   * Sizes of batches to warm up with; a replica is ready once they have run.
   * @default 1 and the stage's `maxBatchSize`
   */
  readonly warmUp?: readonly number[];
  /**
   * Sizes of dynamic dimensions in the warm-up, by name: `{ sequence: 128 }`.
   * @default none
   */
  readonly dimensions?: Readonly<Record<string, number>>;
  /**
   * The item to warm up with.
   * @default zeros
   */
  readonly example?: Tensors;
}
