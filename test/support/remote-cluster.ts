import type { Plan } from '../fixtures/work/plan.js';
import type { AppProcess } from './app-process.js';
import type { RedisServer } from './redis-server.js';
import type { StartOptions } from './start-app.js';
import { startReadyWork, startWork, type WorkApp } from './start-work.js';
import type { TraceFolder } from './trace-folder.js';

/** Gateways and worker hosts of the fixture `work` with one Redis; every start is remembered, so that all can be ended. */
export class RemoteCluster {
  private readonly started: AppProcess[] = [];

  constructor(
    readonly redis: RedisServer,
    private readonly traces: TraceFolder,
    private readonly plan: Plan,
  ) {}

  /** Serves no remote stage itself. @param wait until it is ready, which needs a host */
  async gateway(options: StartOptions = {}, wait = false): Promise<WorkApp> {
    return this.start([], options, wait);
  }

  /** Resolves when its replicas are ready. */
  async host(options: StartOptions = {}): Promise<WorkApp> {
    return this.start(['--role', 'worker'], options, true);
  }

  /** Ends all that still run. */
  async end(): Promise<void> {
    await Promise.all(this.started.map((app) => app.stop()));
  }

  private async start(args: readonly string[], options: StartOptions, wait: boolean): Promise<WorkApp> {
    const { routes, ...plan } = this.plan;
    const remote = { redis: this.redis.url, stalledMs: 1_500, ...plan.options?.remote };
    const full = { ...plan, routes, options: { ...plan.options, remote } };
    const launch = wait ? startReadyWork : startWork;
    const app = await launch(this.traces, full, { ...options, args: [...args, ...(options.args ?? [])] });
    this.started.push(app.process);
    return app;
  }
}
