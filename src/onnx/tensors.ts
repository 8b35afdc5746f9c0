import type { NdArray } from '#libs/codec';

/** Arrays by the names of a model's inputs or outputs: one item, without the batch dimension. @publicApi */
export type Tensors = Readonly<Record<string, NdArray>>;
