import { setTimeout as delay } from 'node:timers/promises';
import type { LogFields, LogLevel } from '#libs/contracts';
import {
  decodeControl,
  encodeControl,
  encodeMetrics,
  FrameType,
  type Frame,
  type FromWorker,
  type InitMessage,
  type ToWorker,
} from '#libs/protocol';
import type { FrameSink } from './frame-sink.js';
import type { LoadStage, LoadedStage } from './load-stage.js';
import { openMemory } from './open-memory.js';
import { ownRssBytes } from './own-rss.js';
import { StageExecutor } from './stage-executor.js';
import { encodeExamples, warmUp } from './warm-up.js';
import { WorkerLoop } from './worker-loop.js';

/** How often the use of memory is reported, in milliseconds. */
const USAGE_MS = 1_000;

/** How long the last values of the metrics may take at the stop: a metric of the user's may never give one. */
const LAST_WORD_MS = 200;

/** One stage from the init message to the end of its worker: `process.exit` ends a process, and in a thread that alone. */
export class StageWorker {
  private stage?: LoadedStage;
  private loop?: WorkerLoop;
  private wasScraped = false;
  private readonly log = {
    level: 'info' as LogLevel,
    log: (level: LogLevel, message: string, fields?: LogFields): void =>
      this.send({ kind: 'log', level, message, fields }),
  };

  constructor(
    private readonly load: LoadStage,
    private readonly sink: FrameSink,
    private readonly describe: (error: unknown) => string,
  ) {}

  accept(frame: Frame): void {
    if (frame.type !== FrameType.Control) return this.loop?.accept(frame);
    const message = decodeControl<ToWorker>(frame);
    if (message.kind === 'init') void this.start(message);
    else if (message.kind === 'scrape') void this.report();
    else if (message.kind === 'log-level') this.log.level = message.level;
    else void this.stop();
  }

  private async start(init: InitMessage): Promise<void> {
    try {
      const startedAt = performance.now();
      this.log.level = init.logLevel;
      const memory = openMemory(init, (reason) => this.log.log('warning', reason));
      this.stage = await this.load(init, this.log);
      const loadedAt = performance.now();
      const executor = new StageExecutor(this.stage.host);
      await warmUp(this.stage.host.instance, executor);
      this.loop = new WorkerLoop(executor, this.sink, memory, init.maxConcurrency);
      const warmUpMs = performance.now() - loadedAt;
      const details = { loadMs: loadedAt - startedAt, warmUpMs, sharedMemory: memory !== undefined };
      const examples = init.sendExamples ? encodeExamples(this.stage.host.instance) : undefined;
      if (init.reportUsage) setInterval(() => this.sendUsage(), USAGE_MS).unref();
      this.send({ kind: 'ready', ...details, ...(examples && { examples }) });
    } catch (error) {
      this.send({ kind: 'failed', reason: this.describe(error) });
      process.exit(1);
    }
  }

  private async stop(): Promise<void> {
    await this.loop?.idle();
    // What was counted since the last scrape would be lost.
    if (this.wasScraped) await Promise.race([this.report(), delay(LAST_WORD_MS)]);
    try {
      await this.stage?.close();
    } finally {
      process.exit(0);
    }
  }

  private async report(): Promise<void> {
    this.wasScraped = true;
    const report = await this.stage?.metrics();
    if (report) this.send({ kind: 'metrics', report: encodeMetrics(report) });
  }

  private sendUsage(): void {
    this.send({ kind: 'usage', rssBytes: ownRssBytes() });
  }

  private send(message: FromWorker): void {
    this.sink.write(encodeControl(message));
    this.sink.flush();
  }
}
