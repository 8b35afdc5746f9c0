import { describe, expect, it } from 'vitest';
import { RedisClock } from './redis-clock.js';

const HOUR_MS = 3_600_000;

describe('when the clock of this machine is an hour off', () => {
  it('should translate both ways, however long the answer took', () => {
    const clock = new RedisClock();
    clock.sample(HOUR_MS + 1_005, 1_000, 1_010);
    expect(clock.toRedis(2_000)).toBe(HOUR_MS + 2_000);
    expect(clock.toOwn(HOUR_MS + 2_000)).toBe(2_000);
  });

  it('should keep a deadline that there is none', () => {
    const clock = new RedisClock();
    clock.sample(HOUR_MS, 0, 0);
    expect(clock.toOwn(clock.toRedis(Infinity))).toBe(Infinity);
  });
});

describe('when samples differ', () => {
  const clockAfter = (...samples: readonly [redis: number, sent: number, received: number][]): RedisClock => {
    const clock = new RedisClock();
    for (const sample of samples) clock.sample(...sample);
    return clock;
  };

  it('should believe the one with the shortest round trip', () => {
    expect(clockAfter([100, 0, 2], [900, 10, 200]).toRedis(0)).toBe(99);
    expect(clockAfter([900, 10, 200], [1_100, 1_000, 1_002]).toRedis(0)).toBe(99);
  });

  it('should take a worse one once the best is old, as clocks drift', () => {
    expect(clockAfter([100, 0, 2], [61_060, 61_000, 61_020]).toRedis(0)).toBe(50);
  });
});
