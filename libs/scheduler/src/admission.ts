import { OverloadedError, type MosecError } from '#libs/contracts';

/** What admission looks at in each stage of a pipeline. */
export interface AdmissionStage {
  readonly waiting: number;
  /** Milliseconds that a new item would wait; 0 while a replica is idle, none is ready, or nothing is known. */
  predictedWaitMs(now: number): number;
  /** Longest predicted wait of this stage in milliseconds; none if absent. */
  readonly maxQueueWaitMs?: number;
}

/** One request this often passes whatever is predicted: shedding everything would never relearn. */
const PROBE_MS = 1_000;

/**
 * Decides at the door whether a request can be served: a full queue or a deadline that the queues ahead make
 * unreachable is refused at once. A later stage that is full refuses here too: its queue would only grow by what
 * is inside already, so no stage has to push back on another.
 */
export class Admission {
  private lastProbeAt = -Infinity;

  constructor(
    private readonly stages: readonly AdmissionStage[],
    private readonly capacity: number,
  ) {}

  /** @returns the refusal, undefined when the request may enter */
  refusal(now: number, deadline: number): MosecError | undefined {
    let waitMs = 0;
    let tooLong = false;
    for (const stage of this.stages) {
      if (stage.waiting >= this.capacity) return queueFull(Math.max(waitMs, stage.predictedWaitMs(now)));
      const predicted = stage.predictedWaitMs(now);
      waitMs += predicted;
      if (stage.maxQueueWaitMs !== undefined && predicted > stage.maxQueueWaitMs) tooLong = true;
    }
    if (!tooLong && now + waitMs < deadline) return undefined;
    if (now - this.lastProbeAt < PROBE_MS) return unreachable(waitMs);
    this.lastProbeAt = now;
    return undefined;
  }
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
