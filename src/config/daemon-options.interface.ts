/** A process that runs as long as the server does. @publicApi */
export interface DaemonOptions {
  /** Name in the log. */
  readonly name: string;
  /** Program to run: a path, or a name that is looked up in `PATH`. */
  readonly command: string;
  /** @default [] */
  readonly args?: readonly string[];
  /**
   * Variables added to the server's own.
   * @default none
   */
  readonly env?: Readonly<Record<string, string>>;
}
