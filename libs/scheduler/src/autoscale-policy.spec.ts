import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AutoscalePolicy, type AutoscaleLimits, type PoolLoad } from './autoscale-policy.js';

const LIMITS: AutoscaleLimits = { min: 1, max: 8, targetQueueWaitMs: 100, upAfterMs: 1000, downAfterMs: 10_000 };
const LOOK_MS = 100;
const plenty = () => ({ replicas: 1000, limit: '' });

/** A policy that looks at the same load for a while. */
function bench(limits: Partial<AutoscaleLimits> = {}) {
  const policy = new AutoscalePolicy({ ...LIMITS, ...limits });
  let now = 0;
  return {
    policy,
    /** @returns the first decision within `ms` */
    see: (load: Partial<PoolLoad>, ms: number, room = plenty) => {
      const { desired = 1 } = load;
      const whole = { desired, ready: desired, busy: desired, queueWaitMs: 0, ...load };
      for (const end = now + ms; now < end;) {
        now += LOOK_MS;
        const decision = policy.decide(now, whole, room);
        if (decision) return decision;
      }
      return undefined;
    },
  };
}

describe('when items wait too long', () => {
  it('should add replicas once that has lasted, and tell why', () => {
    const { see } = bench();
    expect(see({ queueWaitMs: 150 }, 1000)).toBeUndefined();
    expect(see({ queueWaitMs: 150 }, 100)).toEqual({
      replicas: 2,
      reason: 'items waited 150 ms over the last 1000 ms, more than 100 ms',
    });
  });

  it('should not mind a short burst, nor a wait that is just the target', () => {
    const { see } = bench();
    expect(see({ queueWaitMs: 400 }, 200)).toBeUndefined();
    expect(see({ queueWaitMs: 0 }, 3000)).toBeUndefined();
    expect(see({ queueWaitMs: 100 }, 5000)).toBeUndefined();
  });

  it.each([
    [1, 10_000, 2],
    [2, 10_000, 4],
    [4, 130, 6],
    [6, 10_000, 8],
  ])(
    'should go from %i, at %i ms, to %i: by the wait, at most twice as many, at most max',
    (desired, queueWaitMs, to) => {
      expect(bench().see({ desired, queueWaitMs }, 2000)?.replicas).toBe(to);
    },
  );

  it('should wait until the new replicas are ready, and judge by what it sees from then on', () => {
    const { see } = bench();
    expect(see({ queueWaitMs: 500 }, 2000)?.replicas).toBe(2);
    expect(see({ desired: 2, ready: 1, queueWaitMs: 900 }, 60_000)).toBeUndefined();
    expect(see({ desired: 2, queueWaitMs: 900 }, 900)).toBeUndefined();
    expect(see({ desired: 2, queueWaitMs: 900 }, 300)?.replicas).toBe(4);
  });

  it('should add no more than there is room for, and tell what limits it', () => {
    const { see } = bench();
    const room = () => ({ replicas: 5, limit: 'there is memory for 5' });
    expect(see({ desired: 4, queueWaitMs: 900 }, 2000, room)).toEqual({
      replicas: 5,
      reason: 'items waited 900 ms over the last 1000 ms, more than 100 ms; there is memory for 5',
    });
    expect(see({ desired: 5, queueWaitMs: 900 }, 20_000, room)).toBeUndefined();
    expect(see({ desired: 6, queueWaitMs: 900 }, 20_000, room)).toBeUndefined();
  });
});

describe('when there is little to do', () => {
  it('should let replicas go only after the long quiet time', () => {
    const { see } = bench();
    expect(see({ desired: 2, busy: 0.2 }, 10_000)).toBeUndefined();
    expect(see({ desired: 2, busy: 0.2 }, 100)).toEqual({
      replicas: 1,
      reason: '0.2 of 2 replicas were busy over the last 10000 ms',
    });
  });

  it.each([
    [8, 0, 4],
    [4, 0, 2],
    [4, 1.9, 3],
    [4, 2.2, undefined],
    [1, 0, undefined],
  ])('should go from %i with %d busy to %s: at most half leave, and the work fits the rest', (desired, busy, to) => {
    expect(bench().see({ desired, busy }, 11_000)?.replicas).toBe(to);
  });

  it('should keep them where items wait more than half the target', () => {
    expect(bench().see({ desired: 4, busy: 0.5, queueWaitMs: 60 }, 60_000)).toBeUndefined();
  });

  it('should not go below min', () => {
    expect(bench({ min: 3 }).see({ desired: 4, busy: 0 }, 11_000)?.replicas).toBe(3);
    expect(bench({ min: 4 }).see({ desired: 4, busy: 0 }, 60_000)).toBeUndefined();
  });

  it('should not try a number again that was too few for this work, until there is clearly less', () => {
    const { see } = bench({ targetQueueWaitMs: 10 });
    expect(see({ desired: 2, busy: 1, queueWaitMs: 15 }, 2000)?.replicas).toBe(3);
    expect(see({ desired: 3, busy: 1 }, 60_000)).toBeUndefined();
    expect(see({ desired: 3, busy: 0.7 }, 21_000)?.replicas).toBe(2);
  });
});

describe('when the number was changed by hand to one outside the bounds', () => {
  it('should come back at once', () => {
    expect(bench({ min: 2 }).see({ desired: 1 }, 100)?.replicas).toBe(2);
    expect(bench({ max: 3 }).see({ desired: 7 }, 100)?.replicas).toBe(3);
  });
});

/** So much work, in busy replicas, at a pool whose replicas take `startMs` to start; the queue is that of M/M/n. */
function simulate(work: number, noise: readonly number[], startMs: number, limits: AutoscaleLimits, serviceMs: number) {
  const policy = new AutoscalePolicy(limits);
  const decisions: { at: number; from: number; to: number }[] = [];
  let [desired, ready, readyAt, backlogMs] = [limits.min, limits.min, 0, 0];
  const end = 60 * limits.downAfterMs;
  for (let now = 0, look = 0; now < end; now += LOOK_MS, look++) {
    if (now >= readyAt) ready = desired;
    const factor = 1 + (noise[look % noise.length] ?? 0);
    const use = (work * factor) / ready;
    backlogMs = Math.min(5000, Math.max(0, backlogMs + (use - 1) * LOOK_MS));
    const queueWaitMs = backlogMs + (use < 1 ? (serviceMs * use ** ready) / (ready * (1 - use)) : 0);
    const decision = policy.decide(now, { desired, ready, busy: Math.min(ready, work * factor), queueWaitMs }, plenty);
    if (!decision) continue;
    decisions.push({ at: now, from: desired, to: decision.replicas });
    if (decision.replicas > desired) readyAt = now + startMs;
    else ready = decision.replicas;
    desired = decision.replicas;
  }
  return { decisions, desired, end, late: decisions.filter(({ at }) => at > end / 2) };
}

describe('when the load is constant', () => {
  const noise = fc.array(fc.double({ min: -0.08, max: 0.08, noNaN: true }), { minLength: 7, maxLength: 200 });
  const run = fc.record({
    work: fc.double({ min: 0.05, max: 10, noNaN: true }),
    noise,
    startMs: fc.integer({ min: 0, max: 20_000 }),
    min: fc.integer({ min: 1, max: 3 }),
    max: fc.integer({ min: 3, max: 12 }),
    target: fc.integer({ min: 1, max: 500 }),
    serviceMs: fc.integer({ min: 1, max: 500 }),
  });

  it('should come to rest at a number within the bounds, without trying the same one again and again', () => {
    fc.assert(
      fc.property(run, ({ work, noise: jitter, startMs, min, max, target, serviceMs }) => {
        const limits = { ...LIMITS, min, max, targetQueueWaitMs: target };
        const { decisions, late } = simulate(work, jitter, startMs, limits, serviceMs);
        expect(late).toEqual([]);
        for (const { to } of decisions) expect(to).toBeGreaterThanOrEqual(min);
        for (const { to } of decisions) expect(to).toBeLessThanOrEqual(max);
        const downs = decisions.filter(({ from, to }) => to < from).map(({ to }) => to);
        expect(new Set(downs).size).toBe(downs.length);
      }),
      { numRuns: 300 },
    );
  });

  it('should have enough replicas for the work where the bounds allow it', () => {
    fc.assert(
      fc.property(run, ({ work, noise: jitter, startMs, min, max, target, serviceMs }) => {
        const limits = { ...LIMITS, min, max, targetQueueWaitMs: target };
        const { desired } = simulate(work, jitter, startMs, limits, serviceMs);
        expect(desired).toBeGreaterThanOrEqual(Math.min(max, Math.floor(work * 0.92)));
      }),
      { numRuns: 300 },
    );
  });
});
