import type { NdArray } from 'nestjs-mosec';

/** Inputs of the model for one text, by their names there. */
export type EncodedText = Record<'input_ids' | 'attention_mask', NdArray>;

export function encodedText(ids: readonly number[]): EncodedText {
  return { input_ids: integers(ids.map(BigInt)), attention_mask: integers(ids.map(() => 1n)) };
}

function integers(values: bigint[]): NdArray {
  return { dtype: 'int64', shape: [values.length], data: BigInt64Array.from(values) };
}
