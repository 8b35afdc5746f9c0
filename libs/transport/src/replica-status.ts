import type { Life } from './life.js';
import type { ReplicaLoad } from './replica-sink.js';
import type { Slot } from './slot.js';

/** A replica as an operator sees it. */
export interface ReplicaStatus {
  readonly workerId: number;
  /** `waiting` for its delay or for a core to start on, `starting`, `ready`, or `leaving` with what it has left to do. */
  readonly state: 'waiting' | 'starting' | 'ready' | 'leaving';
  /** Process in which it runs; absent while there is none. */
  readonly pid?: number | undefined;
  /** Thread of that process; absent for a process of its own. */
  readonly threadId?: number | undefined;
  /** Milliseconds since it was ready. */
  readonly ageMs?: number | undefined;
  /** Replicas that were started under this worker id before it. */
  readonly restarts: number;
  /** Items answered. */
  readonly answered: number;
  /** Items and batches that it has, and the smoothed milliseconds that a batch takes it; absent before it is ready. */
  readonly load?: ReplicaLoad | undefined;
  /** Why the one before it ended, or could not start. */
  readonly lastEnd?: string | undefined;
}

/** One row for each replica that there is, and for each place that waits for one. */
export function replicaStatuses(slots: readonly Slot[], alive: Iterable<Life>, now: number): ReplicaStatus[] {
  const rows: ReplicaStatus[] = [];
  const placed = new Set<Life>();
  for (const slot of slots) {
    const lives = [slot.current, slot.successor].filter((life) => life !== undefined);
    for (const [index, life] of lives.entries()) {
      placed.add(life);
      rows.push(statusOf(life, slot.workerId, now, slot, launchedOf(lives.slice(index))));
    }
    if (lives.length === 0) rows.push({ ...placeOf(slot), state: 'waiting', answered: 0 });
  }
  for (const life of alive) {
    if (!placed.has(life)) rows.push(statusOf(life, life.replica?.workerId ?? 0, now));
  }
  return rows.sort((a, b) => a.workerId - b.workerId);
}

const launchedOf = (lives: readonly Life[]): number => lives.filter(({ replica }) => replica).length;

function placeOf({ workerId, launches, lastEnd }: Slot): Pick<ReplicaStatus, 'workerId' | 'restarts' | 'lastEnd'> {
  return { workerId, restarts: launches, lastEnd };
}

function statusOf(life: Life, workerId: number, now: number, slot?: Slot, launched = 0): ReplicaStatus {
  const { replica, batches, answered, readyAt, isRetired } = life;
  const ready = batches ? 'ready' : replica ? 'starting' : 'waiting';
  return {
    workerId,
    state: isRetired ? 'leaving' : ready,
    pid: replica?.pid,
    threadId: replica?.threadId,
    ageMs: batches && now - readyAt,
    restarts: Math.max(0, (slot?.launches ?? 0) - launched),
    answered,
    load: batches?.load(),
    lastEnd: slot?.lastEnd,
  };
}
