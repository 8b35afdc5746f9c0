const FIRST = 4;

/**
 * How many lines may be on their way: more with every answer, half as many when the server refuses, as TCP does.
 * After an outage it comes back quickly to where it was.
 */
export class ConcurrencyLimit {
  private limit: number;
  private threshold: number;
  /** What was sent before the last cut says nothing new. */
  private cuts = 0;

  constructor(private readonly most: number) {
    this.limit = Math.min(FIRST, most);
    this.threshold = most;
  }

  get value(): number {
    return Math.floor(this.limit);
  }

  /** To be taken when a request is sent, and given back with its outcome. */
  get mark(): number {
    return this.cuts;
  }

  answered(): void {
    this.limit = Math.min(this.most, this.limit + (this.limit < this.threshold ? 1 : 1 / this.limit));
  }

  /** @param isOverload the server is there, but has too much to do */
  refused(mark: number, isOverload: boolean): void {
    if (mark !== this.cuts) return;
    this.cuts++;
    this.limit = Math.max(1, this.limit / 2);
    if (isOverload) this.threshold = this.limit;
  }
}
