import type { ServedModel, TensorSpec } from '../model/served-model.js';
import { shown } from './bad-request.js';
import type { Refuse } from './checks.js';
import type { InferRequest, InputTensor } from './infer-request.js';

/**
 * A body that is nothing but the one input of its model, as one item: `Inference-Header-Content-Length: 0`. The one
 * dimension that may vary follows from the number of bytes. All outputs come back in binary form.
 */
export function readRaw(model: ServedModel, body: Buffer, refuse: Refuse): InferRequest {
  const [spec, ...others] = model.inputs.values();
  if (!spec || others.length > 0) return refuse('a raw binary request needs a model with exactly one input');
  const dimensions = model.batched ? [1, ...spec.shape.slice(1)] : spec.shape;
  const refuseInput: Refuse = (text) => refuse(`input "${spec.name}" of datatype ${spec.datatype.name} ${text}`);
  const { elementBytes } = spec.datatype;
  const input =
    elementBytes === undefined
      ? oneElement(spec, dimensions, body, refuseInput)
      : elements(spec, dimensions, body, elementBytes, refuseInput);
  const outputs = [...model.outputs.values()].map((output) => ({ spec: output, binary: true }));
  return { parameters: {}, inputs: [input], outputs };
}

function elements(
  spec: TensorSpec,
  dimensions: readonly number[],
  body: Buffer,
  elementBytes: number,
  refuse: Refuse,
): InputTensor {
  const variable = dimensions.filter((size) => size < 0).length;
  if (variable > 1) refuse(`varies in ${variable} dimensions, ${shown(dimensions)}: send its shape`);
  const known = dimensions.reduce((product, size) => (size < 0 ? product : product * size), elementBytes);
  const shape = dimensions.map((size) => (size >= 0 ? size : known === 0 ? 0 : Math.floor(body.length / known)));
  const count = shape.reduce((product, size) => product * size, 1);
  try {
    return { spec, shape, data: spec.datatype.fromBinary(body, count) };
  } catch (error) {
    if (error instanceof RangeError) return refuse(error.message);
    throw error;
  }
}

/** The body is the one byte string, without its length before it. */
function oneElement(spec: TensorSpec, dimensions: readonly number[], body: Buffer, refuse: Refuse): InputTensor {
  const takesOne = dimensions.every((size) => size === 1 || size === -1);
  if (!takesOne) refuse(`takes ${shown(dimensions)} elements, and a raw binary request has one`);
  return { spec, shape: dimensions.map(() => 1), data: [body] };
}
