import type { LogSink } from '#libs/contracts';
import type { AutoscalePolicy, PoolLoad } from '#libs/scheduler';
import type { RunningStage } from './running-stage.interface.js';
import { replicaRoom } from './replica-room.js';

/** Looks per time in which a decision may fall: few enough to cost nothing, many enough for an average. */
const LOOKS_PER_WINDOW = 10;
const LONGEST_PAUSE_MS = 500;

export interface AutoscalerParts {
  readonly stage: RunningStage;
  readonly policy: AutoscalePolicy;
  /** The shorter of the two times over which the policy looks at the load, in milliseconds. */
  readonly windowMs: number;
  readonly log: LogSink;
  /** Epoch milliseconds, monotonic. */
  readonly now: () => number;
}

/** Shows the load of one stage to its policy, and does what that decides. */
export class Autoscaler {
  private timer?: NodeJS.Timeout;

  constructor(private readonly parts: AutoscalerParts) {}

  start(): void {
    const everyMs = Math.min(LONGEST_PAUSE_MS, this.parts.windowMs / LOOKS_PER_WINDOW);
    this.timer = setInterval(() => this.look(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { stage, policy, now } = this.parts;
    const { pool, supervisor } = stage;
    if (pool.isPaused) return void policy.forget();
    const decision = policy.decide(now(), this.load(), () => replicaRoom(supervisor.replicas));
    if (decision) this.scale(decision.replicas, decision.reason);
  }

  private load(): PoolLoad {
    const { pool, supervisor } = this.parts.stage;
    const now = this.parts.now();
    const { ready, idle, oldestWaitMs } = pool.snapshot(now);
    const waits = idle === 0 && pool.waiting > 0;
    const queueWaitMs = waits ? Math.max(oldestWaitMs, pool.backlogMs(now)) : 0;
    return { desired: supervisor.desired, ready, busy: ready - idle, queueWaitMs };
  }

  private scale(replicas: number, reason: string): void {
    const { stage, log } = this.parts;
    const { pool, supervisor } = stage;
    log.log('info', `scaled from ${supervisor.desired} to ${replicas} replicas: ${reason}`, pool.stage);
    // Its failures to start are in the log already, and the policy waits until they end.
    supervisor.operations.scale(replicas).catch(() => undefined);
  }
}
