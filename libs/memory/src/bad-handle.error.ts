/** A process named a slot that it cannot have filled; nothing it says can be trusted any more. */
export class BadHandleError extends Error {
  override readonly name = 'BadHandleError';
}
