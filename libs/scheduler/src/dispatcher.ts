import type { BatchTrace, ReleaseReason, RequestTracer, StageObserver } from '#libs/contracts';
import type { BatchCollector } from './batch-collector.js';
import type { PoolMember } from './pool-member.js';
import type { ReplicaRoster } from './replica-roster.js';
import type { StageItem } from './stage-item.js';
import type { Suspects } from './suspects.js';

/** What waits, and where it can go. */
export interface Dispatchable {
  readonly collector: BatchCollector<StageItem>;
  readonly suspects: Suspects;
  readonly replicas: ReplicaRoster;
}

export interface DispatcherOptions {
  readonly stage: string;
  /** Batches that one replica runs at the same time. */
  readonly maxConcurrency: number;
  /** Whether a replica may get a batch before it is done with another. */
  readonly sendsAhead: boolean;
  /** Epoch milliseconds, monotonic. */
  readonly now: () => number;
  readonly observer: StageObserver;
  readonly tracer?: Pick<RequestTracer, 'batch'> | undefined;
  /** So many more items are with replicas. */
  readonly sent: (items: number) => void;
}

interface Leaving {
  readonly member: PoolMember;
  readonly items: readonly StageItem[];
  readonly now: number;
  readonly reason: ReleaseReason | 'retry';
}

/** Gives what waits to the replicas of a pool, once per turn of the event loop. */
export class Dispatcher {
  /** While it is, nothing is given to replicas. */
  isPaused = false;
  private scheduled = false;
  private suspectsTurn = true;
  private wakeTimer?: NodeJS.Timeout;

  constructor(
    private readonly pool: Dispatchable,
    private readonly options: DispatcherOptions,
  ) {}

  /** Something waits, or a replica has room. */
  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(this.dispatch);
  }

  private readonly dispatch = (): void => {
    this.scheduled = false;
    if (this.isPaused) return;
    const now = this.options.now();
    clearTimeout(this.wakeTimer);
    while (this.dispatchIdle(now));
    while (this.dispatchAhead(now));
  };

  private dispatchIdle(now: number): boolean {
    const { collector, suspects, replicas } = this.pool;
    const member = replicas.firstIdle();
    if (!member) return false;
    if (suspects.size > 0 && (this.suspectsTurn || collector.size === 0)) return this.sendSuspect(now);
    const decision = collector.poll(now, {
      ready: replicas.ready * this.options.maxConcurrency,
      idle: replicas.idle,
      idleSince: replicas.idleSince,
      serviceMs: member.serviceMs,
    });
    if (decision?.kind === 'wait')
      this.wakeTimer = setTimeout(this.dispatch, Math.ceil(Math.max(0, decision.until - now)));
    if (decision?.kind !== 'batch') return false;
    const { items, heldMs, reason } = decision;
    this.suspectsTurn = true;
    this.send(member, items, now, reason);
    this.options.observer.batchSent({ workerId: member.replica.workerId, items, sentAt: now, heldMs, reason });
    return true;
  }

  /**
   * A busy replica gets a full batch early, so that it need not wait for it. Only when none is idle, and not while
   * suspects wait: they need an idle replica, and under load there would never be one.
   */
  private dispatchAhead(now: number): boolean {
    const { collector, suspects, replicas } = this.pool;
    if (!this.options.sendsAhead || suspects.size > 0) return false;
    const best = replicas.leastAhead();
    const items = best && collector.takeFull(now);
    if (!best || !items) return false;
    this.send(best, items, now, 'full');
    const { workerId } = best.replica;
    this.options.observer.batchSent({ workerId, items, sentAt: now, heldMs: 0, reason: 'full' });
    return true;
  }

  private sendSuspect(now: number): boolean {
    const member = this.pool.replicas.firstForSuspect();
    const suspect = member && this.pool.suspects.next();
    if (!suspect) return false;
    this.suspectsTurn = false;
    this.send(member, [suspect], now, 'retry');
    return true;
  }

  private send(member: PoolMember, items: readonly StageItem[], now: number, reason: ReleaseReason | 'retry'): void {
    const { sent, tracer } = this.options;
    sent(items.length);
    const trace = tracer && this.trace(tracer, { member, items, now, reason });
    member.send(items, now, reason === 'retry', trace);
  }

  /** The first item takes the trace of the batch along. */
  private trace(tracer: Pick<RequestTracer, 'batch'>, { member, items, now, reason }: Leaving): BatchTrace {
    const { workerId } = member.replica;
    const trace = tracer.batch({ stage: this.options.stage, workerId, items, sentAt: now, reason });
    for (const [index, item] of items.entries()) item.batchTrace = index === 0 ? trace.carrier : undefined;
    return trace;
  }
}
