import { measuredMs, type LoadPlan } from '../load-plan.js';
import { type EffortReading } from '../load/effort.js';
import { type Recorder } from '../record/recorder.js';
import { type Tally } from '../record/tally.js';
import { type ServerReading } from '../server/server-reading.js';
import { type Suggestion } from '../suggest/suggestion.js';
import { REPORT_VERSION, type LoadReport, type StepReport } from './load-report.js';

const MS_PER_SECOND = 1000;
const FIRST_ERROR_STATUS = 300;

/** What a run has left behind. */
export interface RunResult {
  readonly plan: LoadPlan;
  readonly recorder: Recorder;
  readonly packageVersion: string;
  readonly startedAt: Date;
  readonly interrupted: boolean;
  readonly measuredMs: number;
  readonly abandoned: number;
  readonly generator: EffortReading;
  readonly server: ServerReading | undefined;
  readonly serverProblem: string | undefined;
  readonly suggestions: readonly Suggestion[];
}

export function buildReport(result: RunResult): LoadReport {
  const { plan, recorder, packageVersion, startedAt, interrupted, generator, server, serverProblem } = result;
  const seconds = result.measuredMs / MS_PER_SECOND;
  const { total } = recorder;
  return {
    reportVersion: REPORT_VERSION,
    packageVersion,
    startedAt: startedAt.toISOString(),
    interrupted,
    ...targetAndLoad(plan),
    measuredS: seconds,
    totals: totalsOf(total, seconds, result.abandoned),
    slo: sloOf(plan, total, seconds),
    latencyMs: total.latency.summary() ?? null,
    latencyCurve: total.latency.count > 0 ? total.latency.curve() : [],
    errors: errorsOf(total),
    timeline: recorder.timeline.points(result.measuredMs),
    steps: stepsOf(plan, recorder.steps, result.measuredMs),
    generator: { ...generator, lagP99Ms: recorder.lag.percentile(99) },
    server: server ?? null,
    serverProblem: serverProblem ?? null,
    suggestions: result.suggestions,
  };
}

function targetAndLoad(plan: LoadPlan): Pick<LoadReport, 'target' | 'load'> {
  const { request, loop, arrivals, connections, warmUpMs } = plan;
  const { url, method, bodies, timeoutMs } = request;
  const times = { warmUpS: warmUpMs / MS_PER_SECOND, timeoutMs, durationS: measuredMs(plan) / MS_PER_SECOND };
  return {
    // Without a user and a password, if there are any.
    target: { url: `${url.origin}${url.pathname}${url.search}`, method, bodies: bodies.length },
    load: { loop, arrivals: loop === 'open' ? arrivals : null, connections, ...times },
  };
}

const rate = (count: number, seconds: number): number => (seconds > 0 ? count / seconds : 0);

function totalsOf(total: Tally, seconds: number, abandoned: number): LoadReport['totals'] {
  const { requests, ok, timeouts, unsent, bytesSent, bytesReceived } = total;
  const bytes = { bytesSent, bytesReceived };
  return { requests, ok, failed: requests - ok, timeouts, unsent, abandoned, okPerS: rate(ok, seconds), ...bytes };
}

function sloOf({ sloMs, required }: LoadPlan, total: Tally, seconds: number): LoadReport['slo'] {
  const { attainment, withinSlo } = total;
  return {
    ms: sloMs ?? null,
    goodputPerS: rate(withinSlo, seconds),
    attainment: attainment ?? null,
    required: required ?? null,
    // Without a single request nothing has been shown.
    met: required === undefined ? null : (attainment ?? 0) >= required,
  };
}

function errorsOf({ byStatus, byCode }: Tally): LoadReport['errors'] {
  const errors = [...byStatus].filter(([status]) => status >= FIRST_ERROR_STATUS || status < 200);
  return { byStatus: Object.fromEntries(errors), byCode: Object.fromEntries(byCode) };
}

function stepsOf(plan: LoadPlan, tallies: readonly Tally[], measured: number): StepReport[] {
  let startMs = 0;
  return plan.steps.flatMap(({ level, durationMs }, index) => {
    const seconds = Math.min(durationMs, measured - startMs) / MS_PER_SECOND;
    startMs += durationMs;
    const tally = tallies[index];
    if (!tally || seconds <= 0) return [];
    const { requests, ok, withinSlo, attainment, latency } = tally;
    const rates = { okPerS: rate(ok, seconds), goodputPerS: rate(withinSlo, seconds), attainment: attainment ?? null };
    const failed = requests - ok;
    return [{ level, durationS: seconds, requests, ...rates, failed, latencyMs: latency.summary() ?? null }];
  });
}
