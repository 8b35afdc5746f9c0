import type { MetricFamily, MetricsReport } from '#libs/contracts';
import { CumulativeSeries } from './cumulative-series.js';

/** What one worker has reported of late. */
export class LifeSeries {
  private readonly counted: CumulativeSeries;
  private latest: readonly MetricFamily[] = [];

  constructor(maxSeries: number) {
    this.counted = new CumulativeSeries(maxSeries);
  }

  report({ families }: MetricsReport): void {
    this.latest = families.filter(({ type }) => type === 'gauge');
    this.counted.report(families.filter(({ type }) => type !== 'gauge').map(withoutQuantiles));
  }

  get gauges(): readonly MetricFamily[] {
    return this.latest;
  }

  /** Counters, histograms, and what of summaries can be added up. */
  get cumulative(): readonly MetricFamily[] {
    return this.counted.families;
  }
}

/** Quantiles of several processes cannot become one. */
function withoutQuantiles(family: MetricFamily): MetricFamily {
  if (family.type !== 'summary') return family;
  return { ...family, samples: family.samples.filter(({ suffix }) => suffix !== '') };
}
