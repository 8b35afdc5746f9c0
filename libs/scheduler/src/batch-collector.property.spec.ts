import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOWS, PoolModel, type Step } from './batch-collector-model.fixture.js';

const index = fc.nat(50);
const ttlMs = fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 40 }));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      count: fc.integer({ min: 1, max: 6 }),
      ttlMs,
      flow: fc.nat(FLOWS.length - 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 60 }).map((n) => n / 4) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('finish' as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sendAhead' as const) }) },
);
const options = fc.record({
  maxBatchSize: fc.integer({ min: 1, max: 5 }),
  maxWaitMs: fc.constantFrom(0, 1, 10),
  waitPolicy: fc.constantFrom('adaptive' as const, 'fixed' as const),
});

describe('when arrivals, completions, crashes, cancels and time mix in any order', () => {
  it('should send every item once, its flow in order and in turn, in due time, and never an expired or cancelled one', () => {
    fc.assert(
      fc.property(
        options,
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { maxLength: 80 }),
        (chosen, replicas, steps) => {
          const pool = new PoolModel(chosen, replicas);
          for (const one of steps) pool.play(one);
          pool.close();
          expect([...pool.fates.values()]).not.toContain('waiting');
          expect(pool.bench.collector.size).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
