import type { LocalRedis } from './local-redis.js';

/** Processor time in microseconds for one item. */
export interface Cost {
  readonly redisUs: number;
  /** Of this process, as a client. */
  readonly ownUs: number;
}

/** Runs the same thing again and again, and tells what one item of it cost. */
export class Costs {
  constructor(private readonly redis: LocalRedis) {}

  /** @param burst does it for `size` items at once */
  async of(items: number, size: number, burst: (first: number, size: number) => Promise<unknown>): Promise<Cost> {
    const [redisUs, own] = [await this.redis.cpuUs(), process.cpuUsage()];
    for (let first = 0; first < items; first += size) await burst(first, size);
    const { user, system } = process.cpuUsage(own);
    return { redisUs: ((await this.redis.cpuUs()) - redisUs) / items, ownUs: (user + system) / items };
  }
}

/** Of a cost that is `call / size + each` at two sizes, what each is and what a call is. */
export function split(atOne: number, atMany: number, many: number): { call: number; each: number } {
  const call = Math.max(0, ((atOne - atMany) * many) / (many - 1));
  return { call, each: Math.max(0, atOne - call) };
}
