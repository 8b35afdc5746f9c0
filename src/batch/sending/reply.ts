/** An answer of the server, whatever its status. */
export interface Answer {
  readonly status: number;
  /** In lower case, without parameters; empty if there is none. */
  readonly mediaType: string;
  readonly requestId: string | undefined;
  /** Milliseconds from now. */
  readonly retryAfterMs: number | undefined;
  readonly body: Buffer;
}

/** Why there is no answer. */
export interface NoAnswer {
  readonly status: undefined;
  /** Of the system, such as `ECONNREFUSED`, or `TIMEOUT`, `ANSWER_TOO_LONG`. */
  readonly code: string;
  readonly message: string;
}

export type Reply = Answer | NoAnswer;

export const TIMEOUT = 'TIMEOUT';
export const ANSWER_TOO_LONG = 'ANSWER_TOO_LONG';
