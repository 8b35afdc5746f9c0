/** The command line is wrong, in one sentence that names the culprit and the cure. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
