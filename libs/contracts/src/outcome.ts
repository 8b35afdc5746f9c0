import type { MosecError } from './errors/mosec.error.js';
import type { SharedBytes } from './shared-bytes.js';

/**
 * The one answer of an item: bytes in the format that was asked for, or an error. Where `shared` is set, the bytes lie
 * in shared memory and are valid only during the call, unless it is held.
 */
export type Outcome =
  | { readonly payload: Uint8Array; readonly shared?: SharedBytes | undefined; readonly error?: undefined }
  | { readonly error: MosecError; readonly payload?: undefined; readonly shared?: undefined };
