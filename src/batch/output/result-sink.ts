/** The last line that a piece of the output tells of. */
export interface Progress {
  readonly lines: number;
  /** Of the input up to there. */
  readonly fingerprint: string;
}

/** Where the output goes. */
export interface ResultSink {
  /** One at a time; resolves when there is room for more. */
  write(text: string, upTo: Progress): Promise<void>;
  close(): Promise<void>;
}
