export interface BackoffOptions {
  /** First delay, in milliseconds. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** A replica that served this long is healthy: its next death starts from the beginning. */
  readonly healthyMs: number;
  /** A number in [0, 1). */
  readonly random: () => number;
}

export const DEFAULT_BACKOFF: BackoffOptions = { baseMs: 250, maxMs: 30_000, healthyMs: 10_000, random: Math.random };

/**
 * How long to wait before a replica is replaced: at once the first time, then doubling with jitter (half to whole)
 * up to a steady slow pace, from the beginning again after a healthy period.
 */
export class Backoff {
  private failures = 0;

  constructor(private readonly options: BackoffOptions = DEFAULT_BACKOFF) {}

  /** @param readyForMs how long the replica that ended had been ready; 0 if it never was */
  delayAfter(readyForMs: number): number {
    const { baseMs, maxMs, healthyMs, random } = this.options;
    if (readyForMs >= healthyMs) this.failures = 0;
    const failures = this.failures++;
    if (failures === 0 && readyForMs > 0) return 0;
    const delay = Math.min(maxMs, baseMs * 2 ** Math.min(failures, 20));
    return delay * (0.5 + random() / 2);
  }
}
