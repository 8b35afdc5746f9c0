import { ServerError } from '#libs/contracts';
import type { TensorData } from '../data/datatype.js';
import type { ServedModel, TensorSpec } from '../model/served-model.js';
import { shown } from '../request/bad-request.js';
import { isObject } from '../request/checks.js';
import type { RequestedOutput } from '../request/infer-request.js';
import type { Tensor } from '../tensor.js';

/** An output of all items, in parts. */
export interface OutputTensor extends RequestedOutput {
  readonly shape: readonly number[];
  /** The elements of the items, one after the other. */
  readonly parts: readonly TensorData[];
}

/**
 * The outputs of a request from what its items came back with.
 * @throws ServerError naming the output, and what it should be, where a stage did not return that
 */
export function joinItems(
  model: ServedModel,
  outputs: readonly RequestedOutput[],
  items: readonly unknown[],
): OutputTensor[] {
  return outputs.map(({ spec, binary }) => {
    const tensors = items.map((item) => checked(model, spec, isObject(item) ? item[spec.name] : undefined));
    const [first] = tensors as [Tensor];
    const other = tensors.find(({ shape }) => String(shape) !== String(first.shape));
    if (other) {
      throw wrong(model, spec, `has shapes ${shown(first.shape)} and ${shown(other.shape)}, which cannot be joined`);
    }
    const shape = model.batched ? [items.length, ...first.shape] : first.shape;
    return { spec, binary, shape, parts: tensors.map(({ data }) => data) };
  });
}

function checked(model: ServedModel, spec: TensorSpec, tensor: unknown): Tensor {
  const { datatype } = spec;
  if (!isObject(tensor)) throw wrong(model, spec, 'is missing in what the last stage returned');
  const { dtype, shape, data } = tensor as Readonly<Record<keyof Tensor, unknown>>;
  if (dtype !== datatype.dtype || !datatype.isData(data)) {
    throw wrong(model, spec, `has dtype ${String(dtype)} and should have ${datatype.dtype}, with data to fit`);
  }
  const expected = model.batched ? spec.shape.slice(1) : spec.shape;
  if (!isShape(shape)) throw wrong(model, spec, 'has no shape: give a list of integers that are not negative');
  const fits = shape.length === expected.length && shape.every((size, i) => [-1, size].includes(expected[i] as number));
  if (!fits) throw wrong(model, spec, `has shape ${shown(shape)} and should have ${shown(expected)}`);
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== data.length) {
    throw wrong(model, spec, `has ${data.length} elements, and shape ${shown(shape)} takes ${count}`);
  }
  return tensor as unknown as Tensor;
}

function isShape(shape: unknown): shape is readonly number[] {
  return Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function wrong(model: ServedModel, spec: TensorSpec, text: string): ServerError {
  return new ServerError(`model "${model.name}": output "${spec.name}" ${text}`);
}
