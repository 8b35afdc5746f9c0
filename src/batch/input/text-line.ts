/** A line of a file as bytes. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Without its line feed, and no more of it than the reader keeps. */
  readonly bytes: Buffer;
  /** Bytes of the whole line without its line feed. */
  readonly length: number;
  /** Bytes of the file up to its end. */
  readonly end: number;
  /** Whether it ends with a line feed, as the last line of a file need not. */
  readonly ended: boolean;
}
