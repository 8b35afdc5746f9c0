import { Counter, type Registry } from 'prom-client';
import { HistogramFamily } from './histogram-family.js';
import type { HistogramSeries } from './histogram-series.js';
import type { RouteTotals } from './totals.js';

/** The first status that tells of a failure. */
const FAILED = 400;

interface Answers {
  count: number;
  readonly durations: HistogramSeries;
}

/** Answers by endpoint and status code: counted for every request, labelled only at a scrape. */
export class RouteMetrics {
  private readonly endpoints = new Map<string, Map<number, Answers>>();
  private readonly durations: HistogramFamily;

  /** @param buckets upper bounds for the duration, in seconds */
  constructor(registry: Registry, namespace: string, buckets: readonly number[]) {
    const { endpoints } = this;
    new Counter({
      name: `${namespace}_throughput_total`,
      help: 'answered requests',
      labelNames: ['code', 'endpoint'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [endpoint, codes] of endpoints) {
          for (const [code, { count }] of codes) this.inc({ code, endpoint }, count);
        }
      },
    });
    const help = 'time from the head of a request to its answer, errors too, by endpoint and status code';
    this.durations = new HistogramFamily({ name: `${namespace}_request_duration_seconds`, help, buckets }, registry);
  }

  get totals(): RouteTotals[] {
    return [...this.endpoints].map(([endpoint, codes]) => {
      const totals = { endpoint, answers: 0, failures: 0, totalMs: 0 };
      for (const [code, { count, durations }] of codes) {
        totals.answers += count;
        if (code >= FAILED) totals.failures += count;
        totals.totalMs += durations.total.sum * 1000;
      }
      return totals;
    });
  }

  answered(endpoint: string, code: number, durationMs: number): void {
    const answers = this.endpoints.get(endpoint)?.get(code) ?? this.add(endpoint, code);
    answers.count++;
    answers.durations.observe(durationMs / 1000);
  }

  private add(endpoint: string, code: number): Answers {
    const codes = this.endpoints.get(endpoint) ?? new Map<number, Answers>();
    const answers: Answers = { count: 0, durations: this.durations.series({ code, endpoint }) };
    this.endpoints.set(endpoint, codes.set(code, answers));
    return answers;
  }
}
