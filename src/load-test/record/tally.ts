import { isOk, latencyOf, TIMEOUT, type Outcome } from '../client/outcome.js';
import { LatencyHistogram } from './latency-histogram.js';

/** Counts and latencies of requests, of the whole run or of one step. */
export class Tally {
  requests = 0;
  ok = 0;
  withinSlo = 0;
  timeouts = 0;
  /** No connection became free in their time. */
  unsent = 0;
  bytesSent = 0;
  bytesReceived = 0;
  readonly byStatus = new Map<number, number>();
  readonly byCode = new Map<string, number>();
  readonly latency = new LatencyHistogram();

  constructor(private readonly sloMs: number | undefined) {}

  add(outcome: Outcome): void {
    const { status, code, sentAt, bytesSent, bytesReceived } = outcome;
    const latencyMs = latencyOf(outcome);
    this.requests++;
    this.bytesSent += bytesSent;
    this.bytesReceived += bytesReceived;
    if (sentAt === undefined) this.unsent++;
    if (code === TIMEOUT) this.timeouts++;
    if (status > 0) count(this.byStatus, status);
    if (code !== undefined) count(this.byCode, code);
    const ok = isOk(outcome);
    if (ok) this.ok++;
    if (ok && (this.sloMs === undefined || latencyMs <= this.sloMs)) this.withinSlo++;
    // A client that gave up has waited; an error that came at once says nothing about how long answers take.
    if (ok || code === TIMEOUT) this.latency.record(latencyMs);
  }

  /** Undefined without an SLO, or without requests. */
  get attainment(): number | undefined {
    return this.sloMs === undefined || this.requests === 0 ? undefined : this.withinSlo / this.requests;
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
