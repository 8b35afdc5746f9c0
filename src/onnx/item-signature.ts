import type { BatchAxes } from './batch-axis.js';
import type { ModelSignature, TensorSpec } from './tensor-spec.js';

/** What one item is: the signature without the batch dimension. */
export function itemSignature({ inputs, outputs }: ModelSignature, axes: BatchAxes | undefined): ModelSignature {
  return {
    inputs: inputs.map((spec) => withoutAxis(spec, axes?.inputs[spec.name])),
    outputs: outputs.map((spec) => withoutAxis(spec, axes?.outputs[spec.name])),
  };
}

function withoutAxis(spec: TensorSpec, axis: number | undefined): TensorSpec {
  return axis === undefined ? spec : { ...spec, shape: spec.shape.toSpliced(axis, 1) };
}
