/** What became of a request. Times are on the clock of the run, in milliseconds. */
export interface Outcome {
  /** When it was to be sent. */
  readonly dueAt: number;
  /** When it was, or undefined if no connection became free in time. */
  readonly sentAt: number | undefined;
  readonly endAt: number;
  /** Of the answer, or 0 without one. */
  readonly status: number;
  /** Of the body of an error, of the failed connection, or `TIMEOUT`. */
  readonly code: string | undefined;
  /** Of the bodies. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

export const TIMEOUT = 'TIMEOUT';

export const isOk = ({ status, code }: Pick<Outcome, 'status' | 'code'>): boolean =>
  status >= 200 && status < 300 && code === undefined;

/**
 * Counted from the intended start: a request that had to wait as the server kept all connections busy has waited too.
 * One that was sent a moment early counts from there.
 */
export const latencyOf = ({ dueAt, sentAt, endAt }: Outcome): number => endAt - Math.min(dueAt, sentAt ?? dueAt);
