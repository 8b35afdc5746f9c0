import { traceIdOf } from './trace-id.js';

/** A request that stands for those of its bucket. */
interface Example {
  readonly value: number;
  /** JSON text of its `CallContext`, read at a scrape. */
  readonly context: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Observations of one label set, counted by bucket. */
export class HistogramSeries {
  private readonly counts: number[];
  private examples?: (Example | undefined)[];
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
    const bucket = this.bucketOf(value);
    if (bucket < this.counts.length) (this.counts[bucket] as number)++;
    this.sum += value;
    this.count++;
  }

  /** Keeps the request for its trace id. @param context JSON text of its `CallContext` */
  exemplify(value: number, context: string): void {
    (this.examples ??= [])[this.bucketOf(value)] = { value, context, at: Date.now() };
  }

  /** What all observations come to. */
  get total(): HistogramTotal {
    return { count: this.count, sum: this.sum };
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
    const bucket = (le: number | '+Inf', index: number, value: number): HistogramSample => ({
      metricName: `${name}_bucket`,
      labels: { le, ...labels },
      value,
      ...exemplar(this.examples?.[index]),
    });
    return [
      ...bounds.map((bound, index) => bucket(bound, index, (cumulative += counts[index] as number))),
      bucket('+Inf', bounds.length, count),
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }

  /** Index of its bucket; one behind the last for what is above all bounds. */
  private bucketOf(value: number): number {
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++;
    return bucket;
  }
}

function exemplar(example: Example | undefined): Pick<HistogramSample, 'exemplar'> {
  const traceId = example && traceIdOf(example.context);
  if (!traceId) return {};
  return { exemplar: { labelSet: { trace_id: traceId }, value: example.value, timestamp: example.at / 1000 } };
}

export interface HistogramTotal {
  readonly count: number;
  readonly sum: number;
}

/** As prom-client has it. */
export interface HistogramSample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly exemplar?: {
    readonly labelSet: Readonly<Record<string, string>>;
    readonly value: number;
    /** Epoch seconds. */
    readonly timestamp: number;
  };
}
