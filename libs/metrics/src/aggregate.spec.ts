import { describe, expect, it } from 'vitest';
import type { MetricAggregator } from '#libs/contracts';
import { aggregate, labelled } from './aggregate.js';
import { counterOf, gaugeOf, sampleOf, textOf } from './family.fixture.js';

describe('when the values of several workers become one', () => {
  it.each([
    ['sum', 9],
    ['first', 2],
    ['min', 1],
    ['max', 6],
    ['average', 3],
  ] as const)('should do as the aggregator says: %s', (aggregator, value) => {
    const gauges = [2, 6, 1].map((reading) => ({ ...gaugeOf('g', sampleOf(reading)), aggregator }));
    expect(textOf([aggregate(gauges)!])).toEqual([`g ${value}`]);
  });

  it('should leave out what is not to be shown', () => {
    const aggregator: MetricAggregator = 'omit';
    expect(aggregate([{ ...gaugeOf('g', sampleOf(1)), aggregator }])).toBeUndefined();
  });

  it('should tell label sets apart, whatever the order of their labels', () => {
    const one = counterOf('c', sampleOf(1, { a: '1', b: '2' }), sampleOf(5, { a: '2', b: '2' }));
    const two = counterOf('c', sampleOf(2, { b: '2', a: '1' }));
    expect(textOf([aggregate([one, two])!])).toEqual(['c{a="1",b="2"} 3', 'c{a="2",b="2"} 5']);
  });
});

describe('when labels are added', () => {
  it('should leave those that the user has set', () => {
    const family = labelled(counterOf('c', sampleOf(1, { stage: 'mine' })), { stage: 'Read', worker: '1' });
    expect(textOf([family])).toEqual(['c{stage="mine",worker="1"} 1']);
  });
});
