/** A query and a document as the model reads them: tokens, and which of the two each belongs to. */
export interface EncodedPair {
  readonly ids: readonly number[];
  readonly types: readonly number[];
}
