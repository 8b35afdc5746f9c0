import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { describeTensor, type ModelSignature, type TensorSpec } from './tensor-spec.js';

/** Where the items of a batch lie in each tensor. */
export interface BatchAxes {
  /** Items of each run; absent where it is dynamic. */
  readonly size?: number;
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
}

const BATCH_NAME = /^(b|n|.*batch.*)$/i;

/**
 * Finds the batch axis: the dimension of that name; else the first of every tensor, if dynamic in all of them; else the
 * one dynamic dimension that all have in common; else the first, if it has one fixed size in all of them.
 * @param dimension name of the dimension, or `false` for a model that takes one item at a time, without such an axis
 * @throws MosecConfigurationError where that finds none
 */
export function findBatchAxes(
  model: string,
  signature: ModelSignature,
  dimension?: string | false,
): BatchAxes | undefined {
  if (dimension === false) return undefined;
  // Many files say nothing of the shape of an output, which then looks like a scalar's. What it is shows when it runs.
  const tensors = [...signature.inputs, ...signature.outputs.filter(({ shape }) => shape.length > 0)];
  const axes = dimension === undefined ? foundAxes(tensors) : namedAxes(tensors, dimension);
  if (!axes) throw new MosecConfigurationError(describeFailure(model, tensors, dimension));
  const axisOf = (spec: TensorSpec): [string, number] => [spec.name, axes.at[tensors.indexOf(spec)] ?? 0];
  return {
    ...(axes.size !== undefined && { size: axes.size }),
    inputs: Object.fromEntries(signature.inputs.map(axisOf)),
    outputs: Object.fromEntries(signature.outputs.map(axisOf)),
  };
}

interface Axes {
  readonly at: readonly number[];
  readonly size?: number;
}

function foundAxes(tensors: readonly TensorSpec[]): Axes | undefined {
  const first = tensors.map(({ shape }) => shape[0]);
  const at = tensors.map(() => 0);
  if (first.every((size) => typeof size === 'string')) return { at };
  const common = commonDimension(tensors);
  if (common !== undefined) return namedAxes(tensors, common);
  const [size] = first;
  return typeof size === 'number' && first.every((other) => other === size) ? { at, size } : undefined;
}

function commonDimension(tensors: readonly TensorSpec[]): string | undefined {
  const names = (tensors[0]?.shape ?? []).filter((size) => typeof size === 'string' && size !== '') as string[];
  const common = names.filter((name) => namedAxes(tensors, name));
  return common.length === 1 ? common[0] : common.find((name) => BATCH_NAME.test(name));
}

function namedAxes(tensors: readonly TensorSpec[], dimension: string): Axes | undefined {
  const at = tensors.map(({ shape }) => shape.indexOf(dimension));
  return at.includes(-1) ? undefined : { at };
}

function describeFailure(model: string, tensors: readonly TensorSpec[], dimension?: string): string {
  const list = tensors.map(({ name, dtype, shape }) => `"${name}" ${describeTensor(dtype, shape)}`).join(', ');
  const what = dimension === undefined ? 'no batch dimension' : `no dimension "${dimension}"`;
  return (
    `Model "${model}" has ${what} that its inputs and outputs share (${list}): ` +
    'name it with batchDimension, or set batchDimension: false to run items one by one.'
  );
}
