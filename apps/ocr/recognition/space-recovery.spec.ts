import { describe, expect, it } from 'vitest';
import { isSpace } from './space-recovery.js';

describe('between two letters', () => {
  it.each([
    ['the recogniser is sure', { probability: 0.95, gap: 0.1 }, true],
    ['it has a faint idea and the gap is as wide as a space', { probability: 0.04, gap: 0.25 }, true],
    ['it has a fair idea and the letters touch', { probability: 0.3, gap: 0 }, true],
    ['it has none but the gap is as wide as the line is high', { probability: 0, gap: 1 }, true],
    ['it has none and the gap is narrow', { probability: 0, gap: 0.12 }, false],
    ['it has a faint idea and the letters touch', { probability: 0.01, gap: 0 }, false],
    ['it has none and letters are set wide', { probability: 0, gap: 0.3 }, false],
  ])('should weigh both: %s', (_, evidence, space) => {
    expect(isSpace(evidence)).toBe(space);
  });
});
