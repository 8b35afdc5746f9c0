import { describe, expect, it } from 'vitest';
import { Progress } from './progress.js';

describe('when steps of 60, 60 and 30 seconds are planned', () => {
  let now = 0;
  const progress = new Progress([60, 60, 30], () => now);

  it('should begin with the plan', () => {
    expect(progress.line(0, 'a')).toBe('[1 of 3, about 3 min left] a');
  });

  it('should go by what the steps have taken', () => {
    now = 120_000;
    expect(progress.line(1, 'b')).toBe('[2 of 3, about 3 min left] b');
    now = 180_000;
    expect(progress.line(2, 'c')).toBe('[3 of 3, about 45 s left] c');
  });
});
