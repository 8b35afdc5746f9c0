import type { NdArray } from 'nestjs-mosec';
import { padToLongest, stack, type Feeds, type TensorSpec } from 'nestjs-mosec/onnx';
import type { EncodedPair } from './encoded-pair.js';

/** Inputs of the model for a run; some exports of models do without the types. */
export function feedsOf(pairs: readonly EncodedPair[], inputs: readonly TensorSpec[]): Feeds {
  const batch = (rows: readonly (readonly number[])[]): NdArray => stack(padToLongest(rows.map(integers)));
  const feeds = {
    input_ids: batch(pairs.map(({ ids }) => ids)),
    attention_mask: batch(pairs.map(({ ids }) => ids.map(() => 1))),
  };
  const hasTypes = inputs.some(({ name }) => name === 'token_type_ids');
  return hasTypes ? { ...feeds, token_type_ids: batch(pairs.map(({ types }) => types)) } : feeds;
}

function integers(values: readonly number[]): NdArray {
  return { dtype: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}
