import type { Plan } from '../fixtures/work/plan.js';
import type { AppProcess } from './app-process.js';
import type { RedisServer } from './redis-server.js';
import type { StartOptions } from './start-app.js';
import { startReadyWork, startWork, type WorkApp } from './start-work.js';
import type { TraceFolder } from './trace-folder.js';
import { waitFor } from './wait-for.js';

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

  /** As `host`, without waiting: it may not find its Redis. */
  async startHost(options: StartOptions = {}): Promise<WorkApp> {
    return this.start(['--role', 'worker'], options, false);
  }

  /** Resolves when its replicas are ready. */
  async host(options: StartOptions = {}): Promise<WorkApp> {
    return this.start(['--role', 'worker'], options, true);
  }

  /** Ends all that still run, also what a test has stopped. */
  async end(): Promise<void> {
    for (const app of this.started) if (app.isRunning) app.kill('SIGCONT');
    await Promise.all(this.started.map((app) => app.stop()));
  }

  /** Keys besides those that BullMQ has for each queue, however many jobs there were. */
  async itemKeys(): Promise<string[]> {
    return (await this.redis.keys()).filter((key) => !/:(meta|events|id|stalled-check|marker)$/.test(key));
  }

  /** Resolves when nothing of any item is left in Redis. */
  async waitClean(): Promise<void> {
    let keys: string[] = [];
    const isClean = async (): Promise<boolean> => (keys = await this.itemKeys()).length === 0;
    await waitFor(isClean).catch(() => {
      throw new Error(`keys are left: ${keys.join(', ')}`);
    });
  }

  /** Resolves when so many jobs are in the queues that no host has taken. */
  async waitQueued(count: number): Promise<void> {
    const queued = async (): Promise<number> => {
      const waiting = (await this.redis.keys()).filter((key) => key.endsWith(':wait'));
      const lengths = await Promise.all(waiting.map((key) => this.redis.client.llen(key)));
      return lengths.reduce((sum, length) => sum + length, 0);
    };
    await waitFor(async () => (await queued()) === count, { what: `${count} jobs in the queues` });
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
