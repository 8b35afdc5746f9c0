import { machineCpuSeconds } from '../processes/machine.js';
import { childrenOf, cpuSecondsOf } from '../processes/process-tree.js';
import type { Cluster } from './cluster.js';
import type { RedisUnderTest } from './redis.js';

/** Who takes processor time. */
export const ROLES = ['client', 'gateway', 'its workers', 'hosts', 'their workers', 'Redis', 'others'] as const;
export type Role = (typeof ROLES)[number];
/** Cores that each kept busy. */
export type Cores = Readonly<Record<Role, number>>;

/** @returns tells the cores that were busy since then */
export async function watchProcessors(
  { gateway, hosts }: Cluster,
  redis: RedisUnderTest,
): Promise<() => Promise<Cores>> {
  const hostPids = hosts.map(({ pid }) => pid);
  const pids: Partial<Record<Role, readonly number[]>> = {
    gateway: [gateway.pid],
    'its workers': childrenOf(gateway.pid),
    hosts: hostPids,
    'their workers': hostPids.flatMap(childrenOf),
  };
  const read = async (): Promise<Record<Role, number>> => {
    const { user, system } = process.cpuUsage();
    const known = (role: Role): number => cpuSecondsOf(pids[role] ?? []);
    const used = {
      client: (user + system) / 1_000_000,
      gateway: known('gateway'),
      'its workers': known('its workers'),
      hosts: known('hosts'),
      'their workers': known('their workers'),
      Redis: await redis.cpuSeconds(),
    };
    const sum = Object.values(used).reduce((total, seconds) => total + seconds, 0);
    return { ...used, others: machineCpuSeconds() - sum };
  };
  const startedAt = performance.now();
  const before = await read();
  return async () => {
    const after = await read();
    const seconds = (performance.now() - startedAt) / 1_000;
    const cores = (role: Role): number => Math.max(0, (after[role] - before[role]) / seconds);
    return Object.fromEntries(ROLES.map((role) => [role, cores(role)])) as Record<Role, number>;
  };
}
