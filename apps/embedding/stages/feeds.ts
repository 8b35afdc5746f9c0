import type { NdArray } from 'nestjs-mosec';
import { padToLongest, stack, type Feeds, type TensorSpec } from 'nestjs-mosec/onnx';

/** Inputs of the model for texts given by the ids of their tokens; some exports of models do without the types. */
export function feedsOf(texts: readonly (readonly number[])[], inputs: readonly TensorSpec[]): Feeds {
  const batch = (rows: readonly (readonly number[])[]): NdArray => stack(padToLongest(rows.map(integers)));
  const feeds = {
    input_ids: batch(texts),
    attention_mask: batch(texts.map((ids) => ids.map(() => 1))),
  };
  const hasTypes = inputs.some(({ name }) => name === 'token_type_ids');
  return hasTypes ? { ...feeds, token_type_ids: batch(texts.map((ids) => ids.map(() => 0))) } : feeds;
}

function integers(values: readonly number[]): NdArray {
  return { dtype: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}
