import { describe, expect, it } from 'vitest';
import { PARAMETERS } from '../parameters.js';
import { boundsOf } from './bounds.js';
import { type Plan, scenarioOf } from './plan.js';
import { scenarioWith } from './scenario.fixture.js';

const plan: Plan = { ...scenarioWith(), gateways: undefined, shards: undefined };

describe.each([1, 7, 50, 1_000])('when %d hosts are planned for', (hosts) => {
  const scenario = scenarioOf(plan, hosts);
  const bounds = boundsOf(scenario);

  it('should have Redis servers and gateways that are not the limit', () => {
    expect(bounds.redis).toBeGreaterThan(1.6 * bounds.replica);
    expect(bounds.gateway).toBeGreaterThan(1.6 * bounds.replica);
  });

  it('should have one Redis less only where that would be too few', () => {
    const fewer = boundsOf({ ...scenario, shards: scenario.shards - 1 });
    if (scenario.shards > 1) expect(fewer.redis * 0.6).toBeLessThan(bounds.replica);
  });

  it('should give each cell as many gateways', () => {
    expect(scenario.gateways % scenario.shards).toBe(0);
  });
});

describe('when numbers are given', () => {
  it('should take them, and a gateway for each cell at least', () => {
    expect(scenarioOf({ ...plan, shards: 3, gateways: 5 }, 10)).toMatchObject({ shards: 3, gateways: 5 });
    expect(scenarioOf({ ...plan, shards: 3, gateways: 1 }, 10)).toMatchObject({ shards: 3, gateways: 3 });
  });

  it('should cost twice as much of Redis where commands cost twice as much', () => {
    const redis = Object.fromEntries(Object.entries(PARAMETERS.redis).map(([name, us]) => [name, 2 * us]));
    const dear = { ...PARAMETERS, redis: redis as unknown as typeof PARAMETERS.redis };
    expect(boundsOf(scenarioOf({ ...plan, shards: 1 }, 5, dear)).redis).toBeCloseTo(
      boundsOf(scenarioOf({ ...plan, shards: 1 }, 5)).redis / 2,
      6,
    );
  });
});
