export interface ForwardLimits {
  /** Limit of one call of `forward` in milliseconds; none if absent. */
  readonly timeoutMs?: number;
  /** How long a call may go on after its timeout before its replica is killed, in milliseconds. */
  readonly killGraceMs: number;
  /** How long a call may go on that nobody waits for any more before its replica is killed, in milliseconds. */
  readonly hungMs: number;
}

/** What the watch asks of its pool. */
export interface ForwardWatchActions {
  /** The running call has used up its time: its items are answered and its signals abort. */
  timedOut(): void;
  /** The running call does not end: native code cannot be interrupted, only its process can. */
  hung(): void;
}

type Due = 'timeout' | 'kill';

/** Watches the one call of `forward` that a replica runs at a time, with at most one timer, re-armed only when it fires. */
export class ForwardWatch {
  private dueAt = Infinity;
  private due: Due = 'timeout';
  private timer?: NodeJS.Timeout;
  private timerAt = Infinity;

  constructor(
    private readonly limits: ForwardLimits,
    private readonly now: () => number,
    private readonly actions: ForwardWatchActions,
  ) {}

  /** `forward` was entered. */
  entered(): void {
    const { timeoutMs } = this.limits;
    if (timeoutMs === undefined) this.dueAt = Infinity;
    else this.expect('timeout', this.now() + timeoutMs);
  }

  /** Every item of the running call is answered already. */
  abandoned(): void {
    const killAt = this.now() + this.limits.hungMs;
    if (killAt < this.dueAt) this.expect('kill', killAt);
  }

  /** The call has ended. */
  left(): void {
    this.dueAt = Infinity;
  }

  /** The replica is gone. */
  stop(): void {
    this.left();
    clearTimeout(this.timer);
  }

  private expect(due: Due, at: number): void {
    this.due = due;
    this.dueAt = at;
    if (this.timer === undefined || this.timerAt > at) this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    this.timerAt = this.dueAt;
    this.timer = setTimeout(this.fire, Math.ceil(this.dueAt - this.now()));
  }

  private readonly fire = (): void => {
    this.timer = undefined;
    if (this.dueAt === Infinity) return;
    if (this.now() < this.dueAt) return this.arm();
    if (this.due === 'kill') {
      this.dueAt = Infinity;
      return this.actions.hung();
    }
    this.expect('kill', this.now() + this.limits.killGraceMs);
    this.actions.timedOut();
  };
}
