import type { MosecError } from './errors/mosec.error.js';
import type { Held } from './held.js';
import type { SharedBytes } from './shared-bytes.js';

/**
 * The one answer of an item: bytes in the format that was asked for, or an error. Where `shared` is set, the bytes lie
 * in shared memory and are valid only during the call, unless it is held. Where `stored` is set, they are the handle of
 * a value in a store, which is kept in the same way.
 */
export type Outcome =
  | {
      readonly payload: Uint8Array;
      readonly shared?: SharedBytes | undefined;
      readonly stored?: Held | undefined;
      readonly error?: undefined;
    }
  | {
      readonly error: MosecError;
      readonly payload?: undefined;
      readonly shared?: undefined;
      readonly stored?: undefined;
    };
