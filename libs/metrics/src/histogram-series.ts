/** Observations of one label set, counted by bucket. */
export class HistogramSeries {
  private readonly counts: number[];
  private sum = 0;
  private count = 0;

  /** @param bounds upper bounds of the buckets, ascending; what is above the last one counts as well */
  constructor(
    private readonly labels: Readonly<Record<string, string | number>>,
    private readonly bounds: readonly number[],
  ) {
    this.counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++;
    if (bucket < bounds.length) (counts[bucket] as number)++;
    this.sum += value;
    this.count++;
  }

  reset(): void {
    this.counts.fill(0);
    this.sum = 0;
    this.count = 0;
  }

  /** As Prometheus has it: cumulative buckets, then sum and count. */
  samples(name: string): HistogramSample[] {
    const { labels, bounds, counts, sum, count } = this;
    let cumulative = 0;
    const bucket = (le: number | '+Inf', value: number): HistogramSample => ({
      metricName: `${name}_bucket`,
      labels: { le, ...labels },
      value,
    });
    return [
      ...bounds.map((bound, index) => bucket(bound, (cumulative += counts[index] as number))),
      bucket('+Inf', count),
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}

export interface HistogramSample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}
