import { type LineFormat } from './input/line-format.js';

export const STANDARD_STREAM = '-';

/** What a run has to do. */
export interface BatchPlan {
  /** Paths, or `-` for standard input and output. */
  readonly input: string;
  readonly output: string;
  /** Address of the server; routes come behind it. */
  readonly url: URL;
  readonly route: string;
  readonly format: LineFormat | 'auto';
  readonly headers: Readonly<Record<string, string>>;
  /** The most lines on their way at a time. */
  readonly concurrency: number;
  /** How often a line is sent again that may be the reason of the failure. */
  readonly retries: number;
  /** Of one request. */
  readonly timeoutMs: number;
  /** How long a server may refuse or be away. */
  readonly patienceMs: number;
  /** Of a line, and of an answer. */
  readonly maxLineBytes: number;
  readonly failFast: boolean;
  readonly restart: boolean;
}
