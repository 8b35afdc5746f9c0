import type { ServedModel, TensorSpec } from './served-model.js';

/** The metadata of a model, as the protocol has it. */
export function describeModel({ name, version, platform, inputs, outputs }: ServedModel): object {
  return {
    name,
    versions: [version],
    platform,
    inputs: [...inputs.values()].map(describeTensor),
    outputs: [...outputs.values()].map(describeTensor),
  };
}

function describeTensor({ name, datatype, shape }: TensorSpec): object {
  return { name, datatype: datatype.name, shape };
}
