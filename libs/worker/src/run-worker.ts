import { Socket } from 'node:net';
import type { LogLevel } from '#libs/contracts';
import {
  decodeControl,
  encodeControl,
  FrameReader,
  FrameType,
  type Frame,
  type InitMessage,
  type ToWorker,
} from '#libs/protocol';
import { describeFailure } from './describe-failure.js';
import { FrameSink } from './frame-sink.js';
import { openMemory } from './open-memory.js';
import { ownRssBytes } from './own-rss.js';
import { StageExecutor } from './stage-executor.js';
import type { LoadStage, LoadedStage } from './load-stage.js';
import { encodeExamples, warmUp } from './warm-up.js';
import { WorkerLoop } from './worker-loop.js';

/** Descriptors that the gateway's transport hands to a worker process: one socket pair per direction. */
const FROM_GATEWAY = 3;
const TO_GATEWAY = 4;
/** How often the use of memory is reported, in milliseconds. */
const USAGE_MS = 1_000;

/**
 * Serves one stage in this process until the gateway says stop or is gone. Ctrl-C reaches the whole process group,
 * so the signals of a terminal are left to the gateway.
 */
export function runWorker(load: LoadStage): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  const worker = new Worker(load, new FrameSink(TO_GATEWAY));
  const reader = new FrameReader((frame) => worker.accept(frame));
  const input = new Socket({ fd: FROM_GATEWAY, readable: true, writable: false });
  input.on('data', (chunk: Buffer) => reader.push(chunk));
  input.on('error', () => process.exit(0));
  input.on('close', () => process.exit(0));
}

class Worker {
  private stage?: LoadedStage;
  private loop?: WorkerLoop;

  constructor(
    private readonly load: LoadStage,
    private readonly sink: FrameSink,
  ) {}

  accept(frame: Frame): void {
    if (frame.type !== FrameType.Control) return this.loop?.accept(frame);
    const message = decodeControl<ToWorker>(frame);
    void (message.kind === 'init' ? this.start(message) : this.stop());
  }

  private async start(init: InitMessage): Promise<void> {
    try {
      const startedAt = performance.now();
      const log = (level: LogLevel, message: string): void => this.send({ kind: 'log', level, message });
      const memory = openMemory(init, (reason) => log('warning', reason));
      this.stage = await this.load(init, log);
      const loadedAt = performance.now();
      const executor = new StageExecutor(this.stage.host);
      await warmUp(this.stage.host.instance, executor);
      this.loop = new WorkerLoop(executor, this.sink, memory);
      const warmUpMs = performance.now() - loadedAt;
      const details = { loadMs: loadedAt - startedAt, warmUpMs, sharedMemory: memory !== undefined };
      const examples = init.sendExamples ? encodeExamples(this.stage.host.instance) : undefined;
      if (init.reportUsage) setInterval(() => this.sendUsage(), USAGE_MS).unref();
      this.send({ kind: 'ready', ...details, ...(examples && { examples }) });
    } catch (error) {
      this.send({ kind: 'failed', reason: describeFailure(error) });
      process.exit(1);
    }
  }

  private async stop(): Promise<void> {
    await this.loop?.idle();
    try {
      await this.stage?.close();
    } finally {
      process.exit(0);
    }
  }

  private sendUsage(): void {
    this.send({ kind: 'usage', rssBytes: ownRssBytes() });
  }

  private send(message: Parameters<typeof encodeControl>[0]): void {
    this.sink.write(encodeControl(message));
    this.sink.flush();
  }
}
