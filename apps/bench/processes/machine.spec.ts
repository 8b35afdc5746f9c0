import { describe, expect, it } from 'vitest';
import { machineCpuSeconds, parseBusySeconds, parseCpuList } from './machine.js';

describe('when a list of processors is read', () => {
  it('should take ranges and single ones', () => expect(parseCpuList('0-2,5')).toEqual([0, 1, 2, 5]));
});

describe('when the time of processors is read', () => {
  const stat = [
    'cpu  9999 9999 9999 9999 9999 9999 9999 9999 0 0',
    'cpu0 100 10 50 7000 300 4 6 30 0 0',
    'cpu1 200 0 0 7000 300 0 0 0 0 0',
    'cpu10 5000 0 0 0 0 0 0 0 900 0',
    'intr 1 2 3',
  ].join('\n');

  it('should leave out the time in which they wait', () => expect(parseBusySeconds(stat, [0])).toBeCloseTo(2));
  it('should add up those that are asked for', () => expect(parseBusySeconds(stat, [0, 1])).toBeCloseTo(4));
  it('should not count the time of guests twice', () => expect(parseBusySeconds(stat, [10])).toBeCloseTo(50));

  it('should find those that this program may use', () => {
    const before = machineCpuSeconds();
    expect(before).toBeGreaterThan(0);
    expect(machineCpuSeconds()).toBeGreaterThanOrEqual(before);
  });
});
