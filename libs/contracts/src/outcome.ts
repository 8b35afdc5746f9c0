import type { MosecError } from './errors/mosec.error.js';

/** The one answer of an item: bytes in the format that was asked for, or an error. */
export type Outcome =
  | { readonly payload: Uint8Array; readonly error?: undefined }
  | { readonly error: MosecError; readonly payload?: undefined };
