import { BatchCollector } from '#libs/scheduler';
import type { Agenda } from './agenda.js';
import type { Work } from './work.js';
import { serviceMs, type StageSpec } from './scenario.js';

export interface PoolOptions {
  readonly spec: StageSpec;
  readonly replicas: number;
  readonly maxWaitMs: number;
  readonly handOverMs: number;
  /** The items of a batch have their results. */
  readonly done: (works: readonly Work[]) => void;
}

/** The replicas of a stage on one machine, and the batcher before them: that of the package, on virtual time. */
export class Pool {
  /** Batches, the items in them, and milliseconds that all replicas together have worked. */
  batches = 0;
  items = 0;
  busyMs = 0;
  private readonly collector: BatchCollector<Work>;
  private readonly suspects: Work[] = [];
  private suspectsTurn = true;
  private idle: number;
  private idleSince = 0;
  private running = 0;
  private isScheduled = false;
  private alarm = -1;

  constructor(
    private readonly agenda: Agenda,
    private readonly options: PoolOptions,
  ) {
    const { spec, replicas, maxWaitMs } = options;
    const { maxBatchSize } = spec;
    this.collector = new BatchCollector({ maxBatchSize, maxWaitMs, waitPolicy: 'adaptive' }, () => undefined);
    this.idle = replicas;
  }

  submit(work: Work): void {
    if (work.isAlone) this.suspects.push(work);
    else this.collector.push(work, this.agenda.now, this.running);
    this.schedule();
  }

  /** Once for all that comes at one moment. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.agenda.after(0, () => {
      this.isScheduled = false;
      while (this.idle > 0 && (this.sendSuspect() || this.sendBatch()));
    });
  }

  /** Suspects take turns with batches. */
  private sendSuspect(): boolean {
    if (!this.suspectsTurn && this.collector.size > 0) return false;
    const suspect = this.suspects.shift();
    if (!suspect) return false;
    this.suspectsTurn = false;
    this.start([suspect]);
    return true;
  }

  private sendBatch(): boolean {
    const { idle, idleSince, options, agenda } = this;
    const pool = { ready: options.replicas, idle, idleSince };
    const decision = this.collector.poll(agenda.now, pool);
    if (decision?.kind === 'wait') this.wakeAt(decision.until);
    if (decision?.kind !== 'batch') return false;
    this.suspectsTurn = true;
    this.batches += 1;
    this.items += decision.items.length;
    this.start(decision.items);
    return true;
  }

  private wakeAt(time: number): void {
    if (this.alarm === time) return;
    this.alarm = time;
    this.agenda.at(time, () => this.schedule());
  }

  private start(works: readonly Work[]): void {
    const { spec, handOverMs, done } = this.options;
    this.idle -= 1;
    this.running += works.length;
    const costMs = serviceMs(spec, works.length);
    this.agenda.after(handOverMs + costMs, () => {
      if (this.idle === 0) this.idleSince = this.agenda.now;
      this.idle += 1;
      this.running -= works.length;
      this.busyMs += handOverMs + costMs;
      done(works);
      this.schedule();
    });
  }
}
