import { describe, expect, it } from 'vitest';
import { boundsOf, leastOf, redisUs } from './bounds.js';
import { run } from './run.js';
import { scenarioWith, STAGE } from './scenario.fixture.js';
import { clientsFor, study } from './study.js';
import type { Load, Scenario } from './scenario.js';

const LENGTH = { warmUp: 2_000, measured: 6_000 };
const LONG_RTT_MS = 5;

const loads: [string, Scenario, Load][] = [
  ['clients at one host', scenarioWith(), { clients: 100 }],
  ['random requests at three hosts', scenarioWith({ hosts: 3 }), { perSecond: 1_500 }],
  ['two stages', scenarioWith({ hosts: 2, stages: [STAGE, STAGE] }), { perSecond: 500 }],
  [
    'a stage beside the gateways',
    scenarioWith({ hosts: 2, gateways: 2, stages: [{ ...STAGE, isLocal: true }, STAGE] }),
    { clients: 300 },
  ],
  ['two cells', scenarioWith({ hosts: 4, gateways: 2, shards: 2 }), { clients: 500 }],
];

describe.each(loads)('when the load is %s', (_name, scenario, load) => {
  it("should have as many requests open as Little's law says", () => {
    const { throughput, mean, open } = run(scenario, load, LENGTH);
    expect((throughput * mean) / 1_000 / open).toBeCloseTo(1, 1);
  });

  it('should be the same with the same seed, and another with another seed', () => {
    const result = run(scenario, load, LENGTH);
    expect(run(scenario, load, LENGTH)).toEqual(result);
    expect(run({ ...scenario, seed: 2 }, load, LENGTH)).not.toEqual(result);
  });

  it('should keep nobody busy for more than all the time, and give no more answers than the least bound', () => {
    const { throughput, utilisation } = run(scenario, load, LENGTH);
    for (const share of Object.values(utilisation)) expect(share).toBeLessThan(1.02);
    expect(throughput).toBeLessThan(1.02 * leastOf(boundsOf(scenario)));
  });
});

describe('when clients ask for as much as can be done', () => {
  it.each([1, 3, 10])('should reach what the replicas of %d hosts can do', (hosts) => {
    const scenario = scenarioWith({ hosts, gateways: 3 });
    const { most, limit } = study(scenario, 0.5);
    expect(most.throughput).toBeGreaterThan(0.97 * boundsOf(scenario).replica);
    expect(most.batch).toBeGreaterThan(0.97 * STAGE.maxBatchSize);
    expect(limit).toBe('replica');
  });

  it('should take of Redis what the formula says, while batches are full', () => {
    const scenario = scenarioWith({ hosts: 5, gateways: 2 });
    // So many that jobs always wait, and each that ends brings the next.
    const result = run(scenario, { clients: 3 * clientsFor(scenario) }, LENGTH);
    expect(result.redisUs / redisUs(scenario)).toBeGreaterThan(0.9);
    expect(result.redisUs / redisUs(scenario)).toBeLessThan(1.1);
  });

  it('should be limited by Redis with many hosts, and not by more than its bound', () => {
    const { most, limit, scenario } = study(scenarioWith({ hosts: 30, gateways: 4 }), 0.5);
    expect(limit).toBe('redis');
    expect(most.utilisation.redis).toBeGreaterThan(0.99);
    expect(most.throughput).toBeLessThan(boundsOf(scenario).redis);
  });

  it('should be limited by the gateway when there is one and batches are short', () => {
    const stages = [{ ...STAGE, baseMs: 0.1, itemMs: 0.01 }];
    expect(study(scenarioWith({ hosts: 8, stages }), 0.5).limit).toBe('gateway');
  });

  it('should be limited by the network with large requests', () => {
    expect(study(scenarioWith({ hosts: 10, gateways: 3, requestKib: 2_000 }), 0.5).limit).toBe('network');
  });
});

describe('when one thing is changed', () => {
  const throughput = (changes: Partial<Scenario>, load: Load = { clients: 2_000 }): number =>
    run(scenarioWith({ gateways: 3, ...changes }), load, LENGTH).throughput;
  const p50 = (changes: Partial<Scenario>): number => run(scenarioWith(changes), { perSecond: 400 }, LENGTH).p50;

  it('should do more with more hosts, until Redis is the limit', () => {
    const all = [1, 2, 4, 8].map((hosts) => throughput({ hosts }));
    expect(all).toEqual(all.toSorted((one, other) => one - other));
  });

  it('should do more with more replicas', () => {
    expect(throughput({ replicas: 2 })).toBeGreaterThan(1.8 * throughput({ replicas: 1 }));
  });

  it('should do more with more Redis servers where one was the limit', () => {
    const many = { hosts: 30, gateways: 6 };
    expect(throughput({ ...many, shards: 2 })).toBeGreaterThan(1.3 * throughput({ ...many, shards: 1 }));
  });

  it('should take longer over a slower network: each item goes there and back several times', () => {
    expect(p50({ rttMs: LONG_RTT_MS }) - p50({ rttMs: 0 })).toBeGreaterThan(3 * LONG_RTT_MS);
  });
});
