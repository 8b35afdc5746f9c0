import type { Tensor, Tensors } from '../tensor.js';
import type { ServedModel } from '../model/served-model.js';
import { badRequest, shown } from '../request/bad-request.js';
import type { InputTensor } from '../request/infer-request.js';

/**
 * The items of a request: one for each place in the first dimension, without that dimension; of a model without batches
 * the one item that the inputs are. The data of the items are views.
 * @throws ClientError where the inputs disagree, or there are none or too many
 */
export function splitItems(model: ServedModel, inputs: readonly InputTensor[]): readonly Tensors[] {
  if (!model.batched) return [Object.fromEntries(inputs.map((input) => [input.spec.name, whole(input)]))];
  const [first, ...others] = inputs as readonly [InputTensor, ...InputTensor[]];
  const count = first.shape[0] as number;
  const other = others.find(({ shape }) => shape[0] !== count);
  if (other) {
    const text = `input "${first.spec.name}" has shape ${shown(first.shape)} and input "${other.spec.name}" `;
    throw badRequest(model, `${text}${shown(other.shape)}: the first dimension, that of the batch, has to be the same`);
  }
  if (count === 0)
    throw badRequest(model, `input "${first.spec.name}" has shape ${shown(first.shape)}, without an item`);
  if (count > model.maxItems) {
    throw badRequest(model, `a request of ${count} items is too large: send at most ${model.maxItems}`);
  }
  const items = Array.from({ length: count }, (): Record<string, Tensor> => ({}));
  for (const input of inputs) addParts(items, input);
  return items;
}

function whole({ spec, shape, data }: InputTensor): Tensor {
  return { dtype: spec.datatype.dtype, shape, data } as Tensor;
}

function addParts(items: readonly Record<string, Tensor>[], { spec, shape, data }: InputTensor): void {
  const { name, datatype } = spec;
  const { dtype } = datatype;
  const itemShape = shape.slice(1);
  const size = data.length / items.length;
  items.forEach((item, i) => {
    const part = Array.isArray(data)
      ? data.slice(i * size, (i + 1) * size)
      : (data as Float32Array).subarray(i * size, (i + 1) * size);
    // Not by assignment: "__proto__" is a name as any other.
    Object.defineProperty(item, name, { value: { dtype, shape: itemShape, data: part }, ...PLAIN });
  });
}

const PLAIN = { enumerable: true, writable: true, configurable: true };
