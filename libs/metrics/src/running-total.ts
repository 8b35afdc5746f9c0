import type { MetricSample } from '#libs/contracts';

/** One cumulative value over the lives of the workers that count it one after the other. */
export class RunningTotal {
  private before = 0;
  private now = 0;

  constructor(private sample: MetricSample) {}

  /** The worker says so; it may have begun anew. */
  report(sample: MetricSample): void {
    if (sample.value < this.now) this.before += this.now;
    this.now = sample.value;
    this.sample = sample;
  }

  /** Nobody counts it for now. */
  end(): void {
    this.before += this.now;
    this.now = 0;
  }

  /** What is to be shown. */
  get shown(): MetricSample {
    return { ...this.sample, value: this.before + this.now };
  }
}
