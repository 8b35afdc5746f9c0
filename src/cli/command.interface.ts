/** Where a command writes, and the folder it works in. */
export interface Terminal {
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether a person watches what is written by `error`, so that lines can be rewritten. */
  readonly isTerminal: boolean;
}

/** A subcommand of `nestjs-mosec`: what `commands/<name>.command.ts` exports as `command`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;

  /**
   * @param args the command line behind the name of the command
   * @returns the exit code of the process
   * @throws UsageError when the arguments are wrong
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
