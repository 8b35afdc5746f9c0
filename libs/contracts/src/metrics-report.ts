/** Values of one metric, as a registry of prom-client gives them and as they travel from a worker. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  /** How the values of several workers become one. */
  readonly aggregator: MetricAggregator;
  /** Values of the process itself, shown for each worker and not added up. */
  readonly perWorker?: boolean;
  /** Of a histogram or summary: the lines of one label set follow each other. */
  readonly samples: readonly MetricSample[];
}

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** The aggregators of prom-client. */
export type MetricAggregator = 'sum' | 'first' | 'min' | 'max' | 'average' | 'omit';

export interface MetricSample {
  /** What follows the name of the metric: `_bucket`, `_sum`, `_count`; empty for the metric itself. */
  readonly suffix: string;
  readonly labels: MetricLabels;
  readonly value: number;
  readonly exemplar?: MetricExemplar | undefined;
}

export type MetricLabels = Readonly<Record<string, string>>;

/** One observation that stands for those of its bucket. */
export interface MetricExemplar {
  readonly labels: MetricLabels;
  readonly value: number;
  /** Epoch seconds. */
  readonly timestamp: number;
}

/** All metrics of one worker. */
export interface MetricsReport {
  readonly families: readonly MetricFamily[];
  /** Series that were left out, as there would have been too many. */
  readonly dropped: number;
  /** Name of the first metric of which something was left out; empty if nothing was. */
  readonly droppedFrom: string;
  /** Why there are no values this time. */
  readonly failure?: string;
}

/** Keeps what one worker reports, from when it is ready to its end. */
export interface WorkerRecord {
  reported(report: MetricsReport): void;
  ended(): void;
}
