/** A stage cannot start because it fails on an example of its own. */
export class ExampleError extends Error {
  override readonly name = 'ExampleError';

  /** @param cause what happened, for an operator */
  constructor(override readonly cause: string) {
    super(`one of its examples failed (correct the example or the stage): ${cause}`);
  }
}
