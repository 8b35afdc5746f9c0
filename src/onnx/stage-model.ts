import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { findBatchAxes } from './batch-axis.js';
import { itemSignature } from './item-signature.js';
import { modelName, modelPath } from './model-source.js';
import type { OnnxStageOptions } from './onnx-stage-options.interface.js';
import { readModelSignature } from './read-signature.js';
import type { ModelSignature, TensorSpec } from './tensor-spec.js';

/** What a stage of `onnxStage` knows of its model without loading it. Read at the first use, so that it can be told late. */
export class StageModel {
  private known?: string;
  private read?: ModelSignature;

  constructor(private readonly options: OnnxStageOptions) {}

  get name(): string {
    this.known ??= modelName(modelPath(this.options.model));
    return this.known;
  }

  /** Of one item, without the batch dimension. */
  get item(): ModelSignature {
    this.read ??= this.describe();
    return this.read;
  }

  private describe(): ModelSignature {
    const { model, session, batchDimension } = this.options;
    const { inputs, outputs } = readModelSignature(model);
    const fix = (spec: TensorSpec): TensorSpec => fixDimensions(spec, session?.freeDimensionOverrides);
    const signature = { inputs: inputs.map(fix), outputs: outputs.map(fix) };
    const text = [...inputs, ...outputs].find(({ dtype }) => dtype === 'string');
    if (text) {
      throw new MosecConfigurationError(
        `Model "${this.name}" holds strings in "${text.name}", which onnxStage cannot: write a stage with OnnxSession.`,
      );
    }
    return itemSignature(signature, findBatchAxes(this.name, signature, batchDimension));
  }
}

function fixDimensions(spec: TensorSpec, sizes: Readonly<Record<string, number>> = {}): TensorSpec {
  return { ...spec, shape: spec.shape.map((size) => (typeof size === 'string' ? (sizes[size] ?? size) : size)) };
}
