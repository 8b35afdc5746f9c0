import { describe, expect, it } from 'vitest';
import { batchProgress, batchSummary } from './batch-words.js';
import { newTally } from './batch-tally.js';

const TALLY = { ...newTally(), lines: 3000, failed: 2, earlier: 1000, inputBytes: 600, earlierBytes: 200, active: 64 };

describe('when a run is shown', () => {
  it('should tell rate and time left by what this run has done', () => {
    expect(batchProgress(TALLY, 10_000, 1000)).toBe('60.0 %  3,000 lines, 2 failed, 200/s, 64 on their way, 10 s left');
  });

  it('should not guess at first, or without a size', () => {
    expect(batchProgress(newTally(), 100, 1000)).toBe('0.0 %  0 lines, 0 failed, 0/s, 0 on their way');
    expect(batchProgress(TALLY, 10_000, undefined)).toBe('3,000 lines, 2 failed, 200/s, 64 on their way');
  });

  it('should sum up, with what an earlier run did', () => {
    expect(batchSummary(TALLY, 10_000)).toBe('3,000 lines (1,000 of them by an earlier run), 2 failed; 10 s, 200/s');
  });
});
