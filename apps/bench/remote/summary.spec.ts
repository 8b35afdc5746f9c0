import { describe, expect, it } from 'vitest';
import { remoteSample as sample, samplesOf } from './sample.fixture.js';
import { summariseRemote } from './summary.js';

describe('when a remote stage was measured', () => {
  it('should tell within each round what the hop adds, and how much of BullMQ alone that is', () => {
    const alone = {
      local: [sample({ p50Ms: 0.5 }), sample({ p50Ms: 1 }), sample({ p50Ms: 1 })],
      remote: [sample({ p50Ms: 1.5 }), sample({ p50Ms: 4 }), sample({ p50Ms: 3 })],
    };
    const bullMq = [0.5, 0.5, 1].map((p50Ms) => ({ p50Ms, p99Ms: 2, jobsPerSecond: 10_000 }));
    const { addedMs, addedOverBullMq, reachesLatency } = summariseRemote(1, samplesOf({ alone }, bullMq));
    expect(addedMs).toEqual({ median: 2, least: 1, most: 3 });
    expect(addedOverBullMq).toEqual({ median: 2, least: 2, most: 6 });
    expect(reachesLatency).toBe(true);
  });

  it('should divide the remote rate by the local one, and by that of BullMQ alone', () => {
    const inside = { local: [sample({ itemsPerSecond: 20_000 })], remote: [sample({ itemsPerSecond: 5_000 })] };
    const { loads, rateOverBullMq, reachesRate } = summariseRemote(1, samplesOf({ inside }));
    expect(loads.inside.rate.median).toBe(0.25);
    expect(rateOverBullMq.median).toBe(0.5);
    expect(reachesRate).toBe(false);
  });

  it.each([
    [3.1, 5_999, false],
    [3, 6_000, true],
  ])('should judge %d ms and %d items/s', (added, itemsPerSecond, reached) => {
    const alone = { local: [sample({ p50Ms: 1 })], remote: [sample({ p50Ms: 1 + added })] };
    const inside = { local: [sample()], remote: [sample({ itemsPerSecond })] };
    const summary = summariseRemote(1, samplesOf({ alone, inside }));
    expect([summary.reachesLatency, summary.reachesRate]).toEqual([reached, reached]);
  });
});

describe('when there were errors', () => {
  it('should count them over all rounds and reach no goal', () => {
    const wrong = sample({ errors: { 'status 503': 2 }, itemsPerSecond: 9_000 });
    const inside = { local: [sample(), sample()], remote: [wrong, wrong] };
    const { loads, reachesRate } = summariseRemote(1, samplesOf({ inside }));
    expect(loads.inside).toMatchObject({ valid: false, remote: { errors: { 'status 503': 4 } } });
    expect(loads.http.valid).toBe(true);
    expect(reachesRate).toBe(false);
  });
});
