/** Counts the requests of one model. */
export class ModelStatistics {
  /** Requests that were answered with success, and their time in milliseconds. */
  readonly success = { count: 0, ms: 0 };
  readonly fail = { count: 0, ms: 0 };
  /** Items of the successful requests. */
  inferences = 0;
  /** Epoch milliseconds; 0: none yet. */
  lastInference = 0;

  /** @param items of a request that succeeded; 0 for one that failed */
  answered(durationMs: number, items: number): void {
    const count = items > 0 ? this.success : this.fail;
    count.count++;
    count.ms += durationMs;
    this.inferences += items;
    if (items > 0) this.lastInference = Date.now();
  }
}
