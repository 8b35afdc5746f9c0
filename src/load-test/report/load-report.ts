import { type Arrivals } from '../load-plan.js';
import { type LatencySummary } from '../record/latency-histogram.js';
import { type TimelinePoint } from '../record/timeline.js';
import { type ServerReading } from '../server/server-reading.js';
import { type Suggestion } from '../suggest/suggestion.js';

/** Grows when a field changes its meaning or goes. */
export const REPORT_VERSION = 1;

export interface StepReport {
  /** Requests per second in an open loop, connections in a closed one. */
  readonly level: number;
  readonly durationS: number;
  readonly requests: number;
  readonly okPerS: number;
  readonly goodputPerS: number;
  readonly attainment: number | null;
  readonly failed: number;
  readonly latencyMs: LatencySummary | null;
}

/** What `--json` writes. Times end in their unit; rates are per second of the measurement. */
export interface LoadReport {
  readonly reportVersion: typeof REPORT_VERSION;
  readonly packageVersion: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** It was interrupted before its end. */
  readonly interrupted: boolean;
  readonly target: { readonly url: string; readonly method: string; readonly bodies: number };
  readonly load: {
    readonly loop: 'open' | 'closed';
    /** Null in a closed loop. */
    readonly arrivals: Arrivals | null;
    readonly connections: number;
    readonly warmUpS: number;
    readonly timeoutMs: number;
    /** Measured time, as planned. */
    readonly durationS: number;
  };
  /** Measured time, as it was. */
  readonly measuredS: number;
  readonly totals: {
    readonly requests: number;
    readonly ok: number;
    readonly failed: number;
    readonly timeouts: number;
    /** Timeouts of requests that no connection became free for. */
    readonly unsent: number;
    /** Requests that an interrupt left without an outcome; in no other figure. */
    readonly abandoned: number;
    readonly okPerS: number;
    readonly bytesSent: number;
    readonly bytesReceived: number;
  };
  readonly slo: {
    /** Null without an SLO: then every answer with a status of 2xx is good. */
    readonly ms: number | null;
    readonly goodputPerS: number;
    /** Part of the requests that were answered within the SLO. */
    readonly attainment: number | null;
    readonly required: number | null;
    /** Null if nothing was required. */
    readonly met: boolean | null;
  };
  /** Of answers with a status of 2xx, and of timeouts; from the intended start. Null without any. */
  readonly latencyMs: LatencySummary | null;
  readonly latencyCurve: readonly { readonly percentile: number; readonly ms: number }[];
  readonly errors: {
    readonly byStatus: Readonly<Record<string, number>>;
    readonly byCode: Readonly<Record<string, number>>;
  };
  readonly timeline: readonly TimelinePoint[];
  readonly steps: readonly StepReport[];
  readonly generator: {
    /** Part of the time in which its event loop was busy, 0 to 1. */
    readonly utilisation: number;
    readonly cpuCores: number;
    /** Cores of its machine that nobody used. */
    readonly idleCores: number;
    /** By how much it sent late itself. 0 in a closed loop. */
    readonly lagP99Ms: number;
  };
  /** Null if its metrics were not read; then `serverProblem` says why. */
  readonly server: ServerReading | null;
  readonly serverProblem: string | null;
  readonly suggestions: readonly Suggestion[];
}
