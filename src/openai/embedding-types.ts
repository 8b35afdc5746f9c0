/** What an embedding pipeline takes: one text, or the token ids of one. @publicApi */
export type EmbeddingInput = string | number[];

/** What an embedding pipeline returns for one input. @publicApi */
export interface Embedding {
  readonly embedding: readonly number[] | Float32Array;
  /** Tokens of the input, for the usage. */
  readonly tokens: number;
}
