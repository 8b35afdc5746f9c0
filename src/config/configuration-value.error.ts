/**
 * The command line, the environment or `forRoot` holds values that cannot be used. The message lists all of them,
 * one sentence each. `MosecFactory` prints it and ends the process with exit code 2.
 * @publicApi
 */
export class ConfigurationValueError extends Error {
  override readonly name = 'ConfigurationValueError';

  /** @param problems one sentence for each bad value: its source, what it is, what is accepted */
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
