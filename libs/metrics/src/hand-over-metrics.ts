import { Counter, Gauge, type Registry } from 'prom-client';

/** Of the hand-overs through one Redis, at one moment. */
export interface HandOverUsage {
  /** Host and port. */
  readonly address: string;
  readonly isUp: boolean;
  /** Values so far. */
  readonly values: number;
  /** Bytes of these values. */
  readonly bytes: number;
}

/** What went through Redis, and whether it is there. Two hand-overs at the same address count together. */
export function registerHandOvers(registry: Registry, namespace: string, usages: () => readonly HandOverUsage[]): void {
  const registers = [registry];
  const labelNames = ['redis'] as const;
  const name = (suffix: string): string => `${namespace}_redis_${suffix}`;
  const sum = (suffix: string, help: string, amount: (usage: HandOverUsage) => number): void => {
    new Counter({
      name: name(suffix),
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const usage of usages()) this.inc({ redis: usage.address }, amount(usage));
      },
    });
  };
  sum('values_total', 'values that stages handed over through Redis', ({ values }) => values);
  sum('value_bytes_total', 'bytes of the values that stages handed over through Redis', ({ bytes }) => bytes);
  new Gauge({
    name: name('up'),
    help: 'whether the server has a connection to Redis',
    labelNames,
    registers,
    collect() {
      for (const { address, isUp } of usages()) this.set({ redis: address }, isUp ? 1 : 0);
    },
  });
}
