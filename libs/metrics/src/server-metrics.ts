import { Gauge, Registry } from 'prom-client';
import type { StageObserver } from '#libs/contracts';
import { registerHandOvers, type HandOverUsage } from './hand-over-metrics.js';
import type { HistogramSeries } from './histogram-series.js';
import { registerRemotes, type RemoteStageUsage } from './remote-metrics.js';
import { JobMetrics, type JobsUsage } from './job-metrics.js';
import { RouteMetrics } from './route-metrics.js';
import { registerStageCounters } from './stage-counters.js';
import { StageFamilies } from './stage-families.js';
import { registerStageGauges, type StageState } from './stage-gauges.js';
import { StageMetrics } from './stage-metrics.js';
import { StreamMetrics } from './stream-metrics.js';
import type { RouteTotals, StageTotals } from './totals.js';
import { registerSharedMemory, type SharedMemoryUsage } from './shared-memory-metrics.js';

/** 1 ms · 2^k, enough of them to cover the request timeout (mosec's rule; 13 buckets for its 3 s default). */
function durationBuckets(timeoutMs: number): number[] {
  const count = Math.ceil(Math.log2(Math.max(timeoutMs, 1))) + 1;
  return Array.from({ length: count }, (_, k) => 2 ** k / 1000);
}

const TRACED = '"traceparent":"';

export interface ServerMetricsOptions {
  readonly namespace: string;
  readonly timeoutMs: number;
  /** Version of this package. */
  readonly version: string;
  /** Accepted requests without an answer yet, asked at each scrape. */
  readonly remainingTasks: () => number;
  /** What the stages are like, asked at each scrape. */
  readonly stages: () => readonly StageState[];
  /** What there is to tell of the shared memory, asked at each scrape; absent where there is none. */
  readonly sharedMemory?: (() => SharedMemoryUsage) | undefined;
}

/**
 * The five metrics of mosec, with its names, types and labels
 * (https://mosecorg.github.io/mosec/reference/interface.html), on a registry of their own, and those of this package.
 */
export class ServerMetrics {
  readonly registry = new Registry();
  private streamMetrics?: StreamMetrics;
  private jobMetrics?: JobMetrics;
  private readonly routes: RouteMetrics;
  private readonly families: StageFamilies;
  private readonly total: HistogramSeries;
  private readonly stages: StageMetrics[] = [];

  constructor(private readonly options: ServerMetricsOptions) {
    const { namespace, timeoutMs, remainingTasks, sharedMemory } = options;
    const { registry } = this;
    const buckets = durationBuckets(timeoutMs);
    this.routes = new RouteMetrics(registry, namespace, buckets);
    this.families = new StageFamilies(registry, namespace, buckets);
    this.total = this.families.duration.series({ stage: 'total', connection: 'total' });
    registerGauge(registry, `${namespace}_remaining_task`, 'accepted requests without an answer yet', remainingTasks);
    registerStageCounters(registry, namespace, this.stages);
    registerStageGauges(registry, namespace, options.stages);
    registerBuild(registry, namespace, options.version);
    if (sharedMemory) registerSharedMemory(registry, namespace, sharedMemory);
  }

  /** Stages hand over through Redis; what there is to tell of each is asked at each scrape. */
  showHandOvers(usages: () => readonly HandOverUsage[]): void {
    registerHandOvers(this.registry, this.options.namespace, usages);
  }

  /** Stages run on other hosts; what there is to tell of each is asked at each scrape. */
  showRemotes(usages: () => readonly RemoteStageUsage[]): void {
    registerRemotes(this.registry, this.options.namespace, usages);
  }

  /** Registered when the first pipeline that streams asks for them. */
  get streams(): StreamMetrics {
    const { namespace, timeoutMs } = this.options;
    return (this.streamMetrics ??= new StreamMetrics(this.registry, namespace, durationBuckets(timeoutMs)));
  }

  /** Registered where there are asynchronous jobs. */
  get jobs(): JobMetrics {
    return (this.jobMetrics ??= new JobMetrics(this.registry, this.options.namespace));
  }

  /** There are asynchronous jobs; how many is asked at each scrape. */
  showJobs(usages: () => readonly JobsUsage[]): void {
    this.jobs.show(usages);
  }

  /** What stages have done and clients have got, since the start. */
  get totals(): { readonly stages: readonly StageTotals[]; readonly routes: readonly RouteTotals[] } {
    return { stages: this.stages.map(({ totals }) => totals), routes: this.routes.totals };
  }

  /** What a new stage tells its doings to. */
  stage(name: string, maxBatchSize: number): StageObserver {
    const stage = new StageMetrics(name, maxBatchSize, this.families);
    this.stages.push(stage);
    return stage;
  }

  /** A request of a route was answered. */
  answered(endpoint: string, code: number, durationMs: number): void {
    this.routes.answered(endpoint, code, durationMs);
  }

  /** A request succeeded after this long. @param context JSON text of its `CallContext` */
  succeeded(durationMs: number, context: string): void {
    this.total.observe(durationMs / 1000);
    if (context.includes(TRACED)) this.total.exemplify(durationMs / 1000, context);
  }

  /** A request ended without a result while it was at this stage. @param code of the error */
  failed(name: string, code: string): void {
    const stage = this.stages.find((candidate) => candidate.stage === name);
    if (stage && code === 'CANCELLED') stage.cancelled++;
    else if (stage && code === 'TIMEOUT') stage.expired++;
  }
}

function registerGauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}

function registerBuild(registry: Registry, namespace: string, version: string): void {
  const name = `${namespace}_build_info`;
  const labels = { version, node: process.version };
  const gauge = new Gauge({ name, help: 'versions', labelNames: ['version', 'node'], registers: [registry] });
  gauge.set(labels, 1);
}
