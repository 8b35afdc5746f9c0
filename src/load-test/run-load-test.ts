import { availableParallelism } from 'node:os';
import { reachServer } from './client/reach-server.js';
import { UndiciTransport } from './client/undici-transport.js';
import { measuredMs, type LoadPlan } from './load-plan.js';
import { systemClock } from './load/clock.js';
import { Effort, type EffortReading } from './load/effort.js';
import { LoadRun } from './load/load-run.js';
import { type Recorder } from './record/recorder.js';
import { buildReport } from './report/build-report.js';
import { type LoadReport } from './report/load-report.js';
import { ServerObserver } from './server/observer.js';
import { suggest } from './suggest/suggest.js';
import { type Evidence } from './suggest/suggestion.js';

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

export interface RunHooks {
  readonly packageVersion: string;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  /** The run has begun: how far it is can be seen in it. */
  readonly started: (run: LoadRun) => void;
}

/**
 * Loads a server and tells how it did.
 * @throws Error when the server cannot be reached at all
 */
export async function runLoadTest(plan: LoadPlan, hooks: RunHooks): Promise<LoadReport> {
  await reachServer(plan.request.url, plan.request.timeoutMs);
  const startedAt = new Date();
  const transport = new UndiciTransport(plan.request, plan.connections);
  const observer = plan.metricsUrl && new ServerObserver(plan.metricsUrl, systemClock);
  await observer?.prepare();
  try {
    const { recorder, end, generator } = await load(plan, transport, observer, hooks);
    const evidence = evidenceOf(plan, recorder, generator, observer);
    const interrupted = hooks.signal.aborted;
    const about = { plan, packageVersion: hooks.packageVersion, startedAt, interrupted };
    const suggestions = recorder.total.requests > 0 ? suggest(evidence) : [];
    return buildReport({
      ...about,
      ...end,
      recorder,
      generator,
      server: evidence.server,
      serverProblem: evidence.server ? undefined : (observer?.problem ?? 'none were read'),
      suggestions,
    });
  } finally {
    await transport.close();
  }
}

async function load(plan: LoadPlan, transport: UndiciTransport, observer: ServerObserver | undefined, hooks: RunHooks) {
  let effort = new Effort();
  let generator: EffortReading | undefined;
  let observed: Promise<void> | undefined;
  const began = (): void => {
    effort = new Effort();
    observer?.begin(measuredMs(plan));
  };
  const over = (): void => {
    generator = effort.read();
    observed = observer?.end();
  };
  const run = new LoadRun({ plan, clock: systemClock, transport, random: Math.random, began, over });
  const stop = (): void => run.stop();
  hooks.signal.addEventListener('abort', stop);
  if (hooks.signal.aborted) stop();
  hooks.started(run);
  const end = await run.ended;
  hooks.signal.removeEventListener('abort', stop);
  await observed;
  return { recorder: run.recorder, end, generator: generator ?? effort.read() };
}

function evidenceOf(
  { loop, connections, sloMs, request }: LoadPlan,
  { total, lag }: Recorder,
  generator: EffortReading,
  observer: ServerObserver | undefined,
): Evidence {
  const { requests, attainment, unsent, byStatus } = total;
  return {
    ...{ loop, connections, sloMs, requests, attainment, byStatus },
    generator: { ...generator, unsent, lagP99Ms: lag.percentile(99) },
    server: observer?.whole,
    cores: LOOPBACK.test(request.url.hostname) ? availableParallelism() : undefined,
    batchCosts: observer?.batchCosts ?? new Map(),
  };
}
