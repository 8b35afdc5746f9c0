/** Something besides the stages without which the server should get no requests. @publicApi */
export interface ReadinessCheck {
  /** What `/readyz` calls it. */
  readonly name: string;
  /** Returns false, throws or rejects where it is not there; anything else means that it is. */
  readonly check: () => unknown;
  /**
   * Milliseconds that it may take; after them it counts as failed. It is not called again before it has ended.
   * @default 500
   */
  readonly timeoutMs?: number;
}

export const DEFAULT_CHECK_TIMEOUT_MS = 500;
