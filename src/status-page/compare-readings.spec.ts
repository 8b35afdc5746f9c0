import { describe, expect, it } from 'vitest';
import type { PoolDescription } from '../control/pool-description.interface.js';
import { compareReadings } from './compare-readings.js';
import type { StatusReading } from './status-reading.interface.js';

const POOL = { stage: 'Classify', queueDepth: 3, replicas: [] } as Partial<PoolDescription> as PoolDescription;

function reading(at: number, part: object = {}, routes: StatusReading['totals']['routes'] = []): StatusReading {
  const nothing = { stage: 'Classify', items: 0, waitMs: 0, batches: 0, computeMs: 0, filled: { count: 0, sum: 0 } };
  return { at, pipelines: [], pools: [POOL], totals: { stages: [{ ...nothing, ...part }], routes } };
}

describe('when there is no earlier reading', () => {
  it('should know no rate, and all the rest', () => {
    const route = { endpoint: '/a', answers: 9, failures: 1, totalMs: 90 };
    const { stages, routes } = compareReadings(undefined, reading(5000, { items: 40, batches: 10 }, [route]));
    const unknown = { itemsPerSecond: null, waitMs: null, computeMs: null, fill: null };
    expect(stages).toEqual([{ ...POOL, ...unknown }]);
    expect(routes).toEqual([
      { endpoint: '/a', answers: 9, failures: 1, perSecond: null, failedPerSecond: null, meanMs: null },
    ]);
  });
});

describe('when there are two readings', () => {
  it('should give rates and means of what happened between them', () => {
    const before = reading(1000, { items: 10, waitMs: 100, batches: 5, computeMs: 500, filled: { count: 5, sum: 5 } });
    const now = reading(3000, { items: 30, waitMs: 160, batches: 9, computeMs: 540, filled: { count: 9, sum: 7 } });
    expect(compareReadings(before, now).stages).toMatchObject([
      { itemsPerSecond: 10, waitMs: 3, computeMs: 10, fill: 0.5, queueDepth: 3 },
    ]);
  });

  it('should know no mean where nothing happened', () => {
    const same = { items: 10, waitMs: 100, batches: 5, computeMs: 500 };
    expect(compareReadings(reading(1000, same), reading(2000, same)).stages).toMatchObject([
      { itemsPerSecond: 0, waitMs: null, computeMs: null, fill: null },
    ]);
  });

  it('should count a route from zero that was not asked before', () => {
    const known = { endpoint: '/a', answers: 4, failures: 4, totalMs: 40 };
    const now = [
      { ...known, answers: 6, totalMs: 80 },
      { ...known, endpoint: '/b' },
    ];
    expect(compareReadings(reading(0, {}, [known]), reading(2000, {}, now)).routes).toMatchObject([
      { endpoint: '/a', perSecond: 1, failedPerSecond: 0, meanMs: 20 },
      { endpoint: '/b', perSecond: 2, failedPerSecond: 2, meanMs: 10 },
    ]);
  });
});
