import { OverloadedError, type MosecError } from '#libs/contracts';
import type { Flow } from './flow.js';

/** What admission looks at in each stage of a pipeline. */
export interface AdmissionStage {
  /** Items that wait, counting of each other flow at most as many as of this one. */
  waitingShare(flow: Flow): number;
  /** Milliseconds that a new item would wait; 0 while a replica is idle, none is ready, or nothing is known. */
  predictedWaitMs(now: number, flow: Flow): number;
  /** Milliseconds that a batch takes once it has begun; 0 in the same cases as the wait. */
  predictedServiceMs(now: number): number;
  /** Longest predicted wait of this stage in milliseconds; none if absent. */
  readonly maxQueueWaitMs?: number | undefined;
  /** A request was refused because of this stage. @param code of the error */
  shed(code: string): void;
}

/** One request this often passes whatever is predicted: shedding everything would never relearn. */
const PROBE_MS = 1_000;
/**
 * How much longer than predicted a wait is taken to be. Under overload every queue is as long as is allowed, so that
 * without it about every second admitted request would be a little late. It costs nothing then: a queue that is a
 * little shorter keeps the replicas as busy.
 */
const CAUTION = 1.1;

/**
 * Decides at the door whether a request can be served: a full queue or a deadline that the queues ahead make
 * unreachable is refused at once. A later stage that is full refuses here too: its queue would only grow by what
 * is inside already, so no stage has to push back on another. What waits of other flows counts only as far as it takes
 * turns with this one's: a flow that floods a stage is refused, and the others are not.
 */
export class Admission {
  private lastProbeAt = -Infinity;

  constructor(
    private readonly stages: readonly AdmissionStage[],
    private readonly capacity: number,
  ) {}

  /** @returns the refusal, undefined when the request may enter */
  refusal(now: number, deadline: number, flow: Flow): MosecError | undefined {
    let waitMs = 0;
    let serviceMs = 0;
    let tooLong: AdmissionStage | undefined;
    let slowest: AdmissionStage | undefined;
    let longestMs = -1;
    for (const stage of this.stages) {
      const predicted = stage.predictedWaitMs(now, flow);
      if (stage.waitingShare(flow) >= this.capacity) return refuse(stage, queueFull(Math.max(waitMs, predicted)));
      waitMs += predicted;
      serviceMs += stage.predictedServiceMs(now);
      if (stage.maxQueueWaitMs !== undefined && predicted > stage.maxQueueWaitMs) tooLong ??= stage;
      if (predicted > longestMs) [slowest, longestMs] = [stage, predicted];
    }
    if (!tooLong && now + waitMs * CAUTION + serviceMs < deadline) return undefined;
    if (now - this.lastProbeAt < PROBE_MS) return refuse(tooLong ?? slowest, unreachable(waitMs));
    this.lastProbeAt = now;
    return undefined;
  }
}

/** @param stage the one that is to blame */
function refuse(stage: AdmissionStage | undefined, error: MosecError): MosecError {
  stage?.shed(error.code);
  return error;
}

function queueFull(retryAfterMs: number): OverloadedError {
  return new OverloadedError('too many request: task queue is full', { retryAfterMs });
}

function unreachable(retryAfterMs: number): OverloadedError {
  return new OverloadedError('too many request: the answer would be too late', {
    code: 'DEADLINE_UNREACHABLE',
    retryAfterMs,
  });
}
