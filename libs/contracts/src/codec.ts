/** What is known of the bytes that a codec reads, besides the bytes. @publicApi */
export interface BodySource {
  /** The request's `Content-Type` with its parameters, e.g. a charset or a boundary; undefined if none was sent. */
  readonly contentType?: string;
}

/**
 * Turns values into bytes and back: what the hand-over between stages needs (`ipc`). Runs in the worker; throws to
 * refuse.
 * @publicApi
 */
export interface HopCodec {
  /** Short unique name, e.g. `json`. */
  readonly name: string;
  /**
   * Loads what the codec needs, once per worker and before its first item. A failure keeps the stage from starting,
   * so throw an error that says what to install.
   */
  load?(): void | Promise<void>;
  /**
   * @param bytes the whole encoded form; valid only until the stage's `forward` settles
   * @param source what else is known; absent in a hand-over between stages
   * @returns the value, or a promise of it
   */
  decode(bytes: Uint8Array, source?: BodySource): unknown;
  /** @returns the encoded form, which the caller may keep */
  encode(value: unknown): Uint8Array;
}

/**
 * Turns bytes of one media type into a value and back. Runs in the worker; throws to refuse
 * (a failed `decode` answers 400, a failed `encode` 500).
 * @publicApi
 */
export interface Codec extends HopCodec {
  /**
   * Media type of the encoded form, e.g. `application/json`; the `Content-Type` of answers. May be a range such as
   * `image/*` where the codec only reads.
   */
  readonly mediaType: string;
  /**
   * Further media types that are read (and written, under `mediaType`), e.g. older names of the same format.
   * @default []
   */
  readonly accepts?: readonly string[];
  /**
   * The codec reads requests and writes no answers: those take another codec of the stage, or `json`.
   * @default false
   */
  readonly readOnly?: boolean;
}
