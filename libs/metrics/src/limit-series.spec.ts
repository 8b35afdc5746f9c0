import { describe, expect, it } from 'vitest';
import { counterOf, histogramOf, sampleOf, textOf } from './family.fixture.js';
import { limitSeries } from './limit-series.js';

const MANY = counterOf('c', sampleOf(1, { kind: 'a' }), sampleOf(2, { kind: 'b' }), sampleOf(3, { kind: 'c' }));

describe('when a worker has more series than it may', () => {
  it('should keep the first ones and tell how many are missing, from where on', () => {
    const { families, dropped, droppedFrom } = limitSeries([MANY, counterOf('d', sampleOf(1))], 2);
    expect(textOf(families)).toEqual(['c{kind="a"} 1', 'c{kind="b"} 2']);
    expect([dropped, droppedFrom]).toEqual([2, 'c']);
  });

  it('should keep the lines of a histogram together', () => {
    const [a, b] = [histogramOf('h', 1, 0, { kind: 'a' }), histogramOf('h', 1, 0, { kind: 'b' })];
    const { families, dropped } = limitSeries([{ ...a, samples: [...a.samples, ...b.samples] }], 7);
    expect(textOf(families)).toEqual(textOf([a]));
    expect(dropped).toBe(4);
  });
});

describe('when it has no more', () => {
  it('should keep all', () => {
    const { families, dropped, droppedFrom } = limitSeries([MANY], 3);
    expect([families, dropped, droppedFrom]).toEqual([[MANY], 0, '']);
  });
});
