/** When a replica is replaced although nothing is wrong with it; absent limits do not count. */
export interface RecycleLimits {
  /** Items answered. */
  readonly maxRequests?: number;
  /** Resident memory of the worker process in bytes. */
  readonly maxRssBytes?: number;
  /** Milliseconds since it was ready. */
  readonly maxAgeMs?: number;
}

/** What a replica has done so far. */
export interface ReplicaUsage {
  readonly answered: number;
  readonly rssBytes: number;
  readonly ageMs: number;
}

/** Why a replica is due to be recycled; undefined while it is not. */
export function recycleReason(limits: RecycleLimits, usage: ReplicaUsage): string | undefined {
  const { maxRequests = Infinity, maxRssBytes = Infinity, maxAgeMs = Infinity } = limits;
  if (usage.answered >= maxRequests) return `answered ${usage.answered} items`;
  if (usage.rssBytes > maxRssBytes) return `uses ${usage.rssBytes} bytes of memory`;
  return usage.ageMs >= maxAgeMs ? `is ${Math.round(usage.ageMs)} ms old` : undefined;
}
