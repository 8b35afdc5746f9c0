import {
  Inject,
  Injectable,
  Logger,
  Optional,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import { JobsRuntime } from './jobs/jobs-runtime.js';
import { HttpEdge } from './mosec.http-edge.js';
import type { MosecEngine } from './mosec.engine.js';
import { MosecRegistry } from './mosec.registry.js';
import { RESOLVED_OPTIONS } from './mosec.tokens.js';
import { WORKER_FLAG } from './worker-environment.js';

/** The only place with Nest's lifecycle hooks: check, start, drain, stop. */
@Injectable()
export class MosecLifecycle
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly logger = new Logger('Mosec');

  constructor(
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    private readonly registry: MosecRegistry,
    private readonly edge: HttpEdge,
    @Optional() @Inject(JobsRuntime) private readonly jobs?: JobsRuntime,
  ) {}

  get engine(): MosecEngine {
    return this.registry.engine;
  }

  /** Misuse fails the start here also where there is no HTTP server to prepare. */
  onModuleInit(): void {
    void this.engine;
    if (this.mayRunJobs) void this.jobs?.jobs;
  }

  /** Starts the workers and does not wait for them: the port opens at once, readiness follows. */
  async onApplicationBootstrap(): Promise<void> {
    this.edge.mount();
    if (process.env[WORKER_FLAG]) return;
    this.engine.start();
    if (this.mayRunJobs && !this.options.dryRun) this.jobs?.start();
    if (this.registry.isInline) await this.engine.whenReady();
  }

  /** Worker hosts leave them to gateways, which have all stages of a pipeline. */
  private get mayRunJobs(): boolean {
    return this.options.role === 'gateway';
  }

  onModuleDestroy(): void {
    this.engine.drain();
    this.edge.drain();
    this.jobs?.drain(this.options.drainTimeoutMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { drainTimeoutMs, killGraceMs } = this.options;
    const until = performance.now() + drainTimeoutMs;
    const remainingMs = () => Math.max(until - performance.now(), killGraceMs);
    const left = await this.engine.whenIdle(drainTimeoutMs);
    if (left > 0) this.logger.error(`${left} requests were still open after the drain timeout and were answered 503`);
    const unread = await this.edge.whenAnswersSent(remainingMs());
    if (unread > 0) this.giveUp(`${unread} answers had not been read by their clients in time and were cut off`);
    void this.closeConnections(remainingMs());
  }

  /** Goes on while the server closes, which waits for its connections. */
  private async closeConnections(timeoutMs: number): Promise<void> {
    const cut = await this.edge.closeConnections(timeoutMs);
    if (cut > 0) this.giveUp(`${cut} connections still carried a request after the drain timeout and were cut off`);
  }

  private giveUp(message: string): void {
    this.engine.gaveUp = true;
    this.logger.error(message);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.jobs?.close();
    await this.engine.stop(this.options.killGraceMs);
  }
}
