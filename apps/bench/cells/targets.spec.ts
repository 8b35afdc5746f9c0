import { describe, expect, it } from 'vitest';
import { reaches, TARGETS, targetsOf } from './targets.js';

describe('when a ratio is compared with a bound', () => {
  it('should ask for more of a rate', () => {
    expect([1.99, 2, 2.01, NaN].map((ratio) => reaches('rate', ratio, 2))).toEqual([false, true, true, false]);
  });

  it.each(['p50', 'p99'] as const)('should ask for less of %s', (figure) => {
    expect([1.99, 2, 2.01, NaN].map((ratio) => reaches(figure, ratio, 2))).toEqual([true, true, false, false]);
  });
});

describe('when the targets of a cell are looked up', () => {
  it('should find each of them', () => {
    const targets = targetsOf({ pipeline: 'one', bodyBytes: 20, connections: 1 });
    expect(targets.map(({ figure, floor, aim }) => [figure, floor, aim])).toEqual([
      ['p50', 1.2, 0.9],
      ['p99', 2, 1],
    ]);
  });

  it('should find none where nothing is asked for', () => {
    expect(targetsOf({ pipeline: 'one', bodyBytes: 21, connections: 1 })).toEqual([]);
  });

  it('should never wish for less than the floor', () => {
    for (const { figure, floor, aim } of TARGETS) expect(reaches(figure, aim, floor)).toBe(true);
  });
});
