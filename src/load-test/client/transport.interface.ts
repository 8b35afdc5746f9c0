/** An answer, or why there is none. */
export interface Reply {
  /** 0 without an answer. */
  readonly status: number;
  readonly code: string | undefined;
  readonly bytesReceived: number;
}

/** Sends requests over connections that are kept. */
export interface Transport {
  /**
   * @param turn which request of the run it is, from 0; chooses the body
   * @param done called once, also after the request was taken back
   * @returns takes the request back
   */
  send(turn: number, done: (reply: Reply) => void): () => void;
  /** Length of the body of that request. */
  bytesOf(turn: number): number;
  close(): Promise<void>;
}
