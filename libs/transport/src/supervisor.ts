import type { LogFields, LogLevel, LogSink, WorkerRecord } from '#libs/contracts';
import { DEFAULT_BACKOFF, type BackoffOptions } from './backoff.js';
import { recycleReason, type RecycleLimits } from './recycle.js';
import type { LaunchReplica, ReadyDetails, Replica, ReplicaListener } from './replica.js';
import { Life } from './life.js';
import { ReplicaOperations } from './replica-operations.js';
import { replicaStatuses, type ReplicaStatus } from './replica-status.js';
import type { Slot } from './slot.js';
import { SlotTable } from './slot-table.js';
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
  /** What may be done to them while they serve. */
  readonly operations: ReplicaOperations;
  private readonly slots: SlotTable;
  private readonly alive = new Set<Life>();
  private readonly now: () => number;
  private everReady = false;
  private failedStarts = 0;
  private generation = 0;
  private stopping = false;
  private stopped?: Promise<void>;
  private onAllEnded?: () => void;

  constructor(private readonly options: SupervisorOptions) {
    this.slots = new SlotTable(options.backoff ?? DEFAULT_BACKOFF);
    this.slots.grow(options.replicas);
    this.now = options.now ?? (() => performance.now());
    this.operations = new ReplicaOperations({
      stage: options.stage,
      slots: this.slots,
      nextGeneration: () => ++this.generation,
      isStopping: () => this.stopping,
      launch: (slot) => this.launch(slot),
      launchSuccessor: (slot) => this.launchSuccessor(slot),
      retire: (life) => this.retire(life),
    });
  }

  /** Replicas that there are to be. */
  get desired(): number {
    return this.slots.size;
  }

  get replicas(): readonly ReplicaStatus[] {
    return replicaStatuses(this.slots.all, this.alive, this.now());
  }

  /** Tells all replicas; those to come learn it as they are launched. */
  setLogLevel(level: LogLevel): void {
    for (const life of this.alive) life.replica?.setLogLevel?.(level);
  }

  start(): void {
    for (const slot of this.slots.all) this.launch(slot);
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
    for (const slot of this.slots.all) slot.cancelRestart();
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
    return this.slots.all.map(({ workerId, current, restarts, recycled }) => {
      const readyAt = current?.batches ? current.readyAt : undefined;
      return { workerId, readyAt, restarts, recycled };
    });
  }

  /** It takes no more batches, and ends when it is done with those that it has. */
  private retire(life: Life): void {
    life.isRetired = true;
    const { replica, batches } = life;
    if (!replica) life.hasEnded('was not needed any more');
    else if (!batches) replica.kill();
    else {
      batches.retire(() => {
        replica.stop();
        setTimeout(() => this.alive.has(life) && replica.kill(), RETIRE_GRACE_MS).unref();
      });
    }
  }

  private launch(slot: Slot): void {
    slot.current = new Life(this.generation);
    this.enter(slot, slot.current);
  }

  private launchSuccessor(slot: Slot): void {
    slot.successor = new Life(this.generation);
    this.enter(slot, slot.successor);
  }

  private enter(slot: Slot, life: Life): void {
    this.options.gate.enter((leave) => {
      if (this.stopping || life.isRetired) {
        life.hasEnded('was not needed any more');
        return leave();
      }
      const listener = this.listen(slot, life, leave);
      this.alive.add(life);
      slot.launches++;
      try {
        life.replica = this.options.launch(slot.workerId, listener);
      } catch (error) {
        listener.ended(`could not start: ${(error as Error).message}`);
      }
    });
  }

  private listen(slot: Slot, life: Life, leave: () => void): ReplicaListener {
    return {
      ready: (details) => {
        leave();
        if (this.stopping || life.isRetired || !life.replica) return;
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
      log: (level, message, fields) => this.log(slot, level, message, fields),
      ended: (reason) => {
        leave();
        clearTimeout(life.ageTimer);
        life.record?.ended();
        this.alive.delete(life);
        life.batches?.detached(reason);
        this.ended(slot, life, reason);
        life.hasEnded(reason);
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
    life.becameReady();
    const { maxAgeMs } = this.options.recycle ?? {};
    if (maxAgeMs !== undefined) life.ageTimer = setTimeout(() => this.recycleIfDue(slot, life), maxAgeMs);
  }

  /** The fresh replica serves already, so nothing waits while the old one finishes what it has. */
  private takeOver(slot: Slot, successor: Life): void {
    const old = slot.current;
    slot.current = successor;
    slot.successor = undefined;
    slot.recycled++;
    if (old) this.retire(old);
  }

  private recycleIfDue(slot: Slot, life: Life): void {
    if (this.stopping || slot.current !== life || slot.successor || life.isRetired || !life.batches) return;
    const now = this.now();
    const usage = { answered: life.answered, rssBytes: life.rssBytes, ageMs: now - life.readyAt };
    const reason = recycleReason(this.options.recycle ?? {}, usage);
    if (reason === undefined || now < slot.recycleAfter) return;
    this.log(slot, 'info', `worker ${reason}: a successor is loading`);
    this.launchSuccessor(slot);
  }

  private ended(slot: Slot, life: Life, reason: string): void {
    const readyForMs = life.batches ? Math.max(this.now() - life.readyAt, 1) : 0;
    slot.lastEnd = reason;
    if (slot.current === life) slot.current = undefined;
    else if (slot.successor === life) {
      slot.successor = undefined;
      slot.recycleAfter = this.now() + slot.delayAfter(0);
    } else return;
    if (this.stopping || life.isRetired) return;
    if (!slot.current && !slot.successor) this.replace(slot, readyForMs, reason);
    else this.log(slot, 'warning', `worker ended: ${reason}`);
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
    this.log(slot, 'error', `worker ${what}: ${reason}; next start in ${Math.round(delayMs)} ms`);
  }

  private log({ workerId }: Slot, level: LogLevel, message: string, fields?: LogFields): void {
    const { stage, log } = this.options;
    log.log(level, message, `${stage}#${workerId}`, { ...fields, stage, worker: workerId });
  }
}
