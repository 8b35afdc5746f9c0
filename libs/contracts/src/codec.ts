/**
 * Turns bytes of one media type into a value and back. Runs in the worker; throws to refuse
 * (a failed `decode` answers 400, a failed `encode` 500).
 * @publicApi
 */
export interface Codec {
  /** Short unique name, e.g. `json`. */
  readonly name: string;
  /** Media type of the encoded form, e.g. `application/json`; the `Content-Type` of answers. */
  readonly mediaType: string;
  /** @param bytes the whole encoded form; valid only until the stage's `forward` settles */
  decode(bytes: Uint8Array): unknown;
  encode(value: unknown): Uint8Array;
}
