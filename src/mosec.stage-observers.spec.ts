import { describe, expect, it, vi } from 'vitest';
import { tellAll, withoutBatches } from './mosec.stage-observers.js';

const observer = () => ({ batchSent: vi.fn(), batchDone: vi.fn() });

describe('when batches are observed', () => {
  it('should ask a single observer directly', () => {
    const only = observer();
    expect(tellAll([only])).toBe(only);
  });

  it('should tell all of several', () => {
    const [a, b] = [observer(), observer()];
    const all = tellAll([withoutBatches(a), b]);
    all.batchSent('S', 1, 2, 3, 'full');
    all.batchDone('S', 1, 4, 2);
    expect([a, b].map(({ batchSent }) => batchSent.mock.calls)).toEqual([[], [['S', 1, 2, 3, 'full']]]);
    expect([a, b].map(({ batchDone }) => batchDone.mock.calls)).toEqual([[['S', 1, 4, 2]], [['S', 1, 4, 2]]]);
  });
});
