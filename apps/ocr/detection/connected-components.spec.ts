import { describe, expect, it } from 'vitest';
import { connectedComponents, type ProbabilityMap } from './connected-components.js';

/** Digits are tenths. */
function map(...rows: string[]): ProbabilityMap {
  const data = Float32Array.from(rows.join(''), (digit) => Number(digit) / 10);
  return { width: rows[0]!.length, height: rows.length, data };
}

describe('when nothing exceeds the threshold', () => {
  it('should find nothing', () => {
    expect(connectedComponents(map('333', '120'), 0.3001)).toEqual([]);
  });
});

describe('when regions are apart', () => {
  it('should find each with its bounds and mean probability', () => {
    const found = connectedComponents(map('0900', '0700', '0008'), 0.3);
    expect(found).toMatchObject([
      { left: 1, top: 0, right: 1, bottom: 1, pixels: 2 },
      { left: 3, top: 2, right: 3, bottom: 2, pixels: 1 },
    ]);
    expect(found[0]!.score).toBeCloseTo(0.8);
  });
});

describe('when pixels touch at a corner only', () => {
  it('should count them as one region', () => {
    expect(connectedComponents(map('900', '090', '900'), 0.3)).toMatchObject([{ pixels: 3, right: 1, bottom: 2 }]);
  });
});

describe('when a region reaches the edges', () => {
  it('should not run over to the next row', () => {
    expect(connectedComponents(map('009', '000', '900'), 0.3)).toHaveLength(2);
  });
});
