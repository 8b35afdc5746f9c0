import { Counter, type Registry } from 'prom-client';
import { HistogramFamily } from './histogram-family.js';
import type { HistogramSeries } from './histogram-series.js';

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
