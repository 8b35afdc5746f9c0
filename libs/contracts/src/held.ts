/** Something that is kept for whoever needs it: each one holds it and releases it once for each hold. */
export interface Held {
  hold(): void;
  /** After the last release it is gone. */
  release(): void;
}

/** Knows the values that workers have put into a store outside of the frames, and removes those that nobody needs. */
export interface ValueClaims {
  /**
   * A worker says that it has stored a value.
   * @param payload the handle of the value
   * @returns the value, held once
   * @throws an error when it cannot have
   */
  claim(payload: Uint8Array): Held;
}
