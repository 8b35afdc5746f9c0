import { describe, expect, it } from 'vitest';
import type { Cell } from '../cells/cell.js';
import { sample } from './sample.fixture.js';
import { companyOf, summarise } from './summary.js';

const cell: Cell = { pipeline: 'one', bodyBytes: 20, connections: 64 };
const rates = (...list: number[]) => list.map((requestsPerSecond) => sample({ requestsPerSecond }));

describe('when a cell is summed up', () => {
  it('should take ratios within the rounds, and the median of them', () => {
    const { ratios } = summarise({ cell, ours: rates(200, 30, 1000), peer: rates(100, 10, 250) }, true);
    expect(ratios.rate).toEqual({ median: 3, least: 2, most: 4 });
  });

  it('should take a ratio of every figure', () => {
    const ours = [sample({ p50Ms: 2, p99Ms: 6, cpuPer1000: 2, memory: { bytes: 300_000_000, kind: 'PSS' } })];
    const { ratios } = summarise({ cell, ours, peer: [sample()] }, true);
    expect(Object.values(ratios).map(({ median }) => median)).toEqual([1, 2, 3, 4, 3]);
  });

  it('should judge by floor and aim', () => {
    const { judgements } = summarise({ cell, ours: rates(250), peer: rates(100) }, true);
    expect(judgements).toMatchObject([{ figure: 'rate', floor: 2.2, aim: 3, reachesFloor: true, reachesAim: false }]);
  });

  it('should judge latencies the other way round', () => {
    const lone = { ...cell, connections: 1 };
    const { judgements } = summarise({ cell: lone, ours: [sample({ p50Ms: 1.1, p99Ms: 5 })], peer: [sample()] }, true);
    expect(judgements.map(({ reachesFloor, reachesAim }) => [reachesFloor, reachesAim])).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('should not judge by what another peer does', () => {
    expect(summarise({ cell, ours: rates(250), peer: rates(100) }, false).judgements).toEqual([]);
  });
});

describe('when there were errors', () => {
  const bad = (count: number) => sample({ errors: new Map([['status 503', count]]) });
  const summary = summarise({ cell, ours: [sample(), bad(2), bad(3)], peer: [sample(), sample(), sample()] }, true);

  it('should be no result', () => {
    expect(summary).toMatchObject({ valid: false, judgements: [] });
  });

  it('should count them over the rounds', () => {
    expect([summary.ours.errors, summary.peer.errors]).toEqual([{ 'status 503': 5 }, {}]);
  });
});

describe('when others were busy too', () => {
  it('should tell the most of the generator and the median of the others', () => {
    const ours = [sample({ generatorCores: 0.3, otherCores: 2 }), sample({ otherCores: 0.2 })];
    const peer = [sample({ otherCores: 0.1 })];
    expect(companyOf([{ cell, ours, peer }])).toEqual({ generatorCores: 0.3, otherCores: 0.2 });
  });

  it('should have nothing to tell without samples', () => {
    expect(companyOf([])).toEqual({ generatorCores: 0, otherCores: 0 });
  });
});
