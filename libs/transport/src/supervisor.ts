import type { LogSink, WorkerRecord } from '#libs/contracts';
import { DEFAULT_BACKOFF, type BackoffOptions } from './backoff.js';
import { recycleReason, type RecycleLimits } from './recycle.js';
import type { LaunchReplica, ReadyDetails, Replica, ReplicaListener } from './replica.js';
import { Life } from './life.js';
import { Slot } from './slot.js';
import type { ReplicaSink } from './replica-sink.js';
import type { StartGate } from './start-gate.js';

export interface SupervisorOptions {
  readonly stage: string;
  readonly replicas: number;
  readonly launch: LaunchReplica;
  readonly sink: ReplicaSink;
  readonly gate: StartGate;
  readonly log: LogSink;
  /** Failed starts in a row, before the stage has ever been ready, that end the start-up. */
  readonly startAttempts: number;
  readonly onReady: (workerId: number, details: ReadyDetails) => void;
  readonly onStartFailed: (cause: string) => void;
  /** When a replica is replaced by a fresh one. @default never */
  readonly recycle?: RecycleLimits;
  /** Keeps the metrics of a replica that is ready; `scrape` asks it for them. */
  readonly keepRecord?: ((workerId: number, scrape: () => void) => WorkerRecord) | undefined;
  readonly backoff?: BackoffOptions;
  readonly now?: () => number;
}

/** One place among the replicas of a stage. */
export interface WorkerPlace {
  readonly workerId: number;
  /** When the replica that serves there became ready; undefined while none does. */
  readonly readyAt: number | undefined;
  readonly restarts: number;
  readonly recycled: number;
}

/** A recycled worker that does not end by itself this long after its last batch is killed. */
const RETIRE_GRACE_MS = 10_000;

/** Keeps the replicas of one stage running: starts them, replaces those that end or are due, stops them. */
export class Supervisor {
  private readonly slots: Slot[];
  private readonly alive = new Set<Life>();
  private readonly now: () => number;
  private everReady = false;
  private failedStarts = 0;
  private stopping = false;
  private stopped?: Promise<void>;
  private onAllEnded?: () => void;

  constructor(private readonly options: SupervisorOptions) {
    const backoff = options.backoff ?? DEFAULT_BACKOFF;
    this.slots = Array.from({ length: options.replicas }, (_, i) => new Slot(i + 1, backoff));
    this.now = options.now ?? (() => performance.now());
  }

  start(): void {
    for (const slot of this.slots) this.launch(slot);
  }

  /**
   * Asks every replica to end, kills what is left after `graceMs`, resolves when all have ended. A second call changes
   * nothing and resolves with the first.
   */
  stop(graceMs: number): Promise<void> {
    return (this.stopped ??= this.end(graceMs));
  }

  private async end(graceMs: number): Promise<void> {
    this.stopping = true;
    for (const slot of this.slots) slot.cancelRestart();
    for (const { replica } of this.alive) replica?.stop();
    const timer = setTimeout(() => this.killAll(), graceMs);
    if (this.alive.size > 0) await new Promise<void>((resolve) => (this.onAllEnded = resolve));
    clearTimeout(timer);
  }

  private killAll(): void {
    for (const { replica } of this.alive) replica?.kill();
  }

  /** The places of the stage, at this moment. */
  get workers(): WorkerPlace[] {
    return this.slots.map(({ workerId, current, restarts, recycled }) => {
      const readyAt = current?.batches ? current.readyAt : undefined;
      return { workerId, readyAt, restarts, recycled };
    });
  }

  private launch(slot: Slot): void {
    const life = new Life();
    slot.current = life;
    this.enter(slot, life);
  }

  private enter(slot: Slot, life: Life): void {
    this.options.gate.enter((leave) => {
      if (this.stopping) return leave();
      const listener = this.listen(slot, life, leave);
      this.alive.add(life);
      try {
        life.replica = this.options.launch(slot.workerId, listener);
      } catch (error) {
        listener.ended(`could not start: ${(error as Error).message}`);
      }
    });
  }

  private listen(slot: Slot, life: Life, leave: () => void): ReplicaListener {
    const name = `${this.options.stage}#${slot.workerId}`;
    return {
      ready: (details) => {
        leave();
        if (this.stopping || !life.replica) return;
        this.ready(slot, life, life.replica);
        this.options.onReady(slot.workerId, details);
      },
      begun: (batch, indexes) => life.batches?.begun(batch, indexes),
      streamed: (batch, index, count, payload) => life.batches?.streamed(batch, index, count, payload),
      settled: (batch, index, ok, payload, shared, stored) => {
        life.answered++;
        life.batches?.settled(batch, index, ok, payload, shared, stored);
      },
      finished: (batch) => {
        life.batches?.finished(batch);
        if (this.options.recycle) this.recycleIfDue(slot, life);
      },
      usage: (rssBytes) => {
        life.rssBytes = rssBytes;
        this.recycleIfDue(slot, life);
      },
      metrics: (report) => life.record?.reported(report),
      log: (level, message) => this.options.log.log(level, message, name),
      ended: (reason) => {
        leave();
        clearTimeout(life.ageTimer);
        life.record?.ended();
        this.alive.delete(life);
        life.batches?.detached(reason);
        this.ended(slot, life, reason);
        if (this.alive.size === 0) this.onAllEnded?.();
      },
    };
  }

  private ready(slot: Slot, life: Life, replica: Replica): void {
    life.readyAt = this.now();
    this.everReady = true;
    life.batches = this.options.sink.attach(replica);
    life.record = this.options.keepRecord?.(slot.workerId, () => replica.scrape());
    if (slot.successor === life) this.takeOver(slot, life);
    const { maxAgeMs } = this.options.recycle ?? {};
    if (maxAgeMs !== undefined) life.ageTimer = setTimeout(() => this.recycleIfDue(slot, life), maxAgeMs);
  }

  /** The fresh replica serves already, so nothing waits while the old one finishes what it has. */
  private takeOver(slot: Slot, successor: Life): void {
    const old = slot.current;
    slot.current = successor;
    slot.successor = undefined;
    slot.recycled++;
    old?.batches?.retire(() => {
      old.replica?.stop();
      setTimeout(() => this.alive.has(old) && old.replica?.kill(), RETIRE_GRACE_MS).unref();
    });
  }

  private recycleIfDue(slot: Slot, life: Life): void {
    if (this.stopping || slot.current !== life || slot.successor || !life.batches) return;
    const now = this.now();
    const usage = { answered: life.answered, rssBytes: life.rssBytes, ageMs: now - life.readyAt };
    const reason = recycleReason(this.options.recycle ?? {}, usage);
    if (reason === undefined || now < slot.recycleAfter) return;
    this.options.log.log('info', `worker ${reason}: a successor is loading`, `${this.options.stage}#${slot.workerId}`);
    slot.successor = new Life();
    this.enter(slot, slot.successor);
  }

  private ended(slot: Slot, life: Life, reason: string): void {
    const readyForMs = life.batches ? Math.max(this.now() - life.readyAt, 1) : 0;
    if (slot.current === life) slot.current = undefined;
    else if (slot.successor === life) {
      slot.successor = undefined;
      slot.recycleAfter = this.now() + slot.delayAfter(0);
    } else return;
    if (this.stopping) return;
    if (!slot.current && !slot.successor) this.replace(slot, readyForMs, reason);
    else this.options.log.log('warning', `worker ended: ${reason}`, `${this.options.stage}#${slot.workerId}`);
  }

  private replace(slot: Slot, readyForMs: number, reason: string): void {
    const { options } = this;
    if (!this.everReady && ++this.failedStarts >= options.startAttempts) {
      this.stopping = true;
      return options.onStartFailed(reason);
    }
    const delayMs = slot.delayAfter(readyForMs);
    slot.restartIn(delayMs, () => {
      slot.restarts++;
      this.launch(slot);
    });
    const what = readyForMs > 0 ? 'ended' : 'could not start';
    options.log.log(
      'error',
      `worker ${what}: ${reason}; next start in ${Math.round(delayMs)} ms`,
      `${options.stage}#${slot.workerId}`,
    );
  }
}
