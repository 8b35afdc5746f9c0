import { describe, expect, it } from 'vitest';
import { ratioOf } from './ratio.js';

const same = (value: number): number => value;

describe('when samples of rounds are compared', () => {
  it('should divide within each round before it takes the middle', () => {
    expect(ratioOf([10, 40, 90], [10, 10, 30], same)).toEqual({ median: 3, least: 1, most: 4 });
  });

  it('should have no ratio when the peer was not measured', () => {
    expect(ratioOf([10], [], same)).toEqual({ median: NaN, least: NaN, most: NaN });
  });
});
