import { describe, expect, it } from 'vitest';
import { summarisePaced, summariseRush, type PacedFigures } from './summary.js';

const rushed = (eventsPerSecond: number, firstEventMs: number) => ({ eventsPerSecond, firstEventMs });
const paced = (p99ErrorMs: number): PacedFigures => ({
  p50ErrorMs: 1,
  p99ErrorMs,
  middleBytes: 90,
  endBytes: 100,
  memoryKind: 'PSS',
});

describe('when streams were measured beside a peer', () => {
  it('should show medians of both, and ratios of the rounds', () => {
    const ours = [rushed(100, 1), rushed(400, 2), rushed(300, 3)];
    const peer = [rushed(10, 2), rushed(20, 8), rushed(60, 3)];
    expect(summariseRush({ ours, peer })).toEqual({
      ours: rushed(300, 2),
      peer: rushed(20, 3),
      ratios: { rate: { median: 10, least: 5, most: 20 }, firstEvent: { median: 0.5, least: 0.25, most: 1 } },
    });
  });

  it('should compare the errors of gaps and the memory at the end', () => {
    const { ratios } = summarisePaced({ ours: [paced(2)], peer: [{ ...paced(8), endBytes: 50 }] });
    expect(ratios).toMatchObject({ p50Error: { median: 1 }, p99Error: { median: 0.25 }, memory: { median: 2 } });
  });
});

describe('when there was no peer', () => {
  it('should show no ratio', () => {
    expect(summariseRush({ ours: [rushed(100, 1)], peer: [] })).toEqual({ ours: rushed(100, 1) });
    expect(summarisePaced({ ours: [paced(2), paced(4)], peer: [] })).toEqual({ ours: paced(3) });
  });
});
