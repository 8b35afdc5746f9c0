import { describe, expect, it } from 'vitest';
import type { StreamsSummary } from '../stream/measure-streams.js';
import { summarisePaced, summariseRush, type PacedFigures, type RushFigures } from '../stream/summary.js';
import { formatStreams } from './stream-table.js';

const ours: RushFigures = { eventsPerSecond: 150_000, firstEventMs: 1.5 };
const gaps: PacedFigures = { p50ErrorMs: 0.5, p99ErrorMs: 4, middleBytes: 99e6, endBytes: 100e6, memoryKind: 'PSS' };

function linesOf(peerRush: RushFigures[], peerGaps: PacedFigures[]): string[] {
  const streams: StreamsSummary = {
    clients: 200,
    everyMs: 20,
    rushEvents: 10_000,
    rush: {
      burst: summariseRush({ ours: [ours], peer: peerRush }),
      turn: summariseRush({ ours: [ours], peer: [] }),
    },
    paced: summarisePaced({ ours: [gaps], peer: peerGaps }),
  };
  return formatStreams(streams, 'mosec').split('\n');
}

describe('when streams of both were measured', () => {
  const lines = linesOf([{ eventsPerSecond: 10_000, firstEventMs: 3 }], [{ ...gaps, p99ErrorMs: 8 }]);

  it('should show both, and the peer in a burst only', () => {
    expect(lines[1]).toMatch(/^burst +ours +150000 +1\.50$/);
    expect(lines[2]).toMatch(/^ +mosec +10000 +3\.00$/);
    expect(lines[3]).toMatch(/^turn +ours +150000 +1\.50$/);
    expect(lines.filter((line) => line.includes(' mosec '))).toHaveLength(2);
  });

  it('should show the ratios', () => {
    expect(lines).toContain('ours / mosec, burst: rate 15.00 (15.00-15.00), first event 0.50 (0.50-0.50)');
    expect(lines.at(-1)).toContain('p99 0.50 (0.50-0.50), memory 1.00 (1.00-1.00)');
  });
});

describe('when streams of this package alone were measured', () => {
  it('should show no peer', () => {
    const lines = linesOf([], []);
    expect(lines.join('\n')).not.toContain('mosec');
    expect(lines.at(-1)).toMatch(/^ +ours +0\.50 +4\.00 +99 +100$/);
  });
});
