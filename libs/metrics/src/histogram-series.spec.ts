import { Histogram, Registry } from 'prom-client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistogramSeries } from './histogram-series.js';

const BOUNDS = [1, 2, 4];

describe('when values are observed', () => {
  it("should give the samples that prom-client's own histogram gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(0, 0.5, 1, 1.5, 2, 3, 4, 4.5, 100)), async (values) => {
        const series = new HistogramSeries({ stage: 'Echo' }, BOUNDS);
        const reference = new Histogram({
          name: 'h',
          help: 'h',
          labelNames: ['stage'],
          buckets: BOUNDS,
          registers: [new Registry()],
        });
        reference.zero({ stage: 'Echo' });
        for (const value of values) {
          series.observe(value);
          reference.observe({ stage: 'Echo' }, value);
        }
        const { values: expected } = await reference.get();
        expect(series.samples('h')).toEqual(
          expected.map(({ labels, value, metricName }) => ({ labels, value, metricName })),
        );
      }),
    );
  });

  it('should begin anew after a reset', () => {
    const series = new HistogramSeries({}, BOUNDS);
    series.observe(3);
    series.reset();
    expect(series.samples('h').every(({ value }) => value === 0)).toBe(true);
  });
});
