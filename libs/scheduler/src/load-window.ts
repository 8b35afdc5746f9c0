interface Sample {
  readonly at: number;
  readonly queueWaitMs: number;
  readonly busy: number;
}

/** A mean of fewer looks than this is chance. */
const FEWEST_SAMPLES = 3;

/** The load of a pool over the last so many milliseconds. */
export class LoadWindow {
  private samples: Sample[] = [];
  private since?: number;

  constructor(private readonly lengthMs: number) {}

  add(at: number, { queueWaitMs, busy }: Omit<Sample, 'at'>): void {
    this.since ??= at;
    this.samples.push({ at, queueWaitMs, busy });
    while (this.samples[0] && at - this.samples[0].at > this.lengthMs) this.samples.shift();
  }

  /** Whether it was looked at for the whole time. */
  isFull(now: number): boolean {
    return this.since !== undefined && now - this.since >= this.lengthMs && this.samples.length >= FEWEST_SAMPLES;
  }

  get meanWaitMs(): number {
    return this.mean(({ queueWaitMs }) => queueWaitMs);
  }

  get meanBusy(): number {
    return this.mean(({ busy }) => busy);
  }

  clear(): void {
    this.samples = [];
    this.since = undefined;
  }

  private mean(of: (sample: Sample) => number): number {
    return this.samples.reduce((sum, sample) => sum + of(sample), 0) / Math.max(1, this.samples.length);
  }
}
