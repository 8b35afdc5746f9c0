import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Room } from '#libs/scheduler';
import type { ReplicaStatus } from '#libs/transport';

/** What is left to the rest of the machine, or of the container: a server without memory is killed, not slow. */
const RESERVE_BYTES = 256 * 2 ** 20;
/** Pages of Linux on all platforms that Node's releases run on, in bytes. */
const PAGE_BYTES = 4096;

/** What the machine offers; the parameters of `roomFor`. */
export interface Machine {
  readonly cores: number;
  /** Memory that is free to this process and its children, within the limits of its container. */
  readonly freeBytes: number;
  /** Resident memory of a process; 0 where that is not known. */
  readonly rssBytes: (pid: number) => number;
}

export function replicaRoom(replicas: readonly ReplicaStatus[]): Room {
  return roomFor(replicas, { cores: availableParallelism(), freeBytes: process.availableMemory(), rssBytes });
}

/** How many replicas of a stage there may be: as many as cores, and as long as one more of the present size fits. */
export function roomFor(replicas: readonly ReplicaStatus[], { cores, freeBytes, rssBytes }: Machine): Room {
  const processes = replicas.filter(({ threadId }) => threadId === undefined);
  const largest = Math.max(1, ...processes.map(({ pid }) => (pid === undefined ? 0 : rssBytes(pid))));
  const more = Math.max(0, Math.floor((freeBytes - RESERVE_BYTES) / largest));
  const byMemory = replicas.length + more;
  if (byMemory < cores) return { replicas: byMemory, limit: `there is memory for ${byMemory}` };
  return { replicas: cores, limit: `there are ${cores} cores` };
}

function rssBytes(pid: number): number {
  try {
    const [, resident = '0'] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return Number(resident) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
