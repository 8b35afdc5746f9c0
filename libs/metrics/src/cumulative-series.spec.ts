import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CumulativeSeries } from './cumulative-series.js';
import { counterOf, histogramOf, sampleOf, textOf } from './family.fixture.js';

describe('when a worker counts', () => {
  it('should go on where the worker before ended', () => {
    const series = new CumulativeSeries(10);
    series.report([counterOf('c', sampleOf(5, { kind: 'a' }))]);
    series.end();
    series.report([counterOf('c', sampleOf(2, { kind: 'a' }))]);
    expect(textOf(series.families)).toEqual(['c{kind="a"} 7']);
  });

  it('should keep what the new worker has not come to', () => {
    const series = new CumulativeSeries(10);
    series.report([counterOf('c', sampleOf(5, { kind: 'a' }))]);
    series.end();
    expect(textOf(series.families)).toEqual(['c{kind="a"} 5']);
    series.report([counterOf('c', sampleOf(1, { kind: 'b' }))]);
    expect(textOf(series.families)).toEqual(['c{kind="a"} 5', 'c{kind="b"} 1']);
  });

  it('should go on with histograms, line by line', () => {
    const series = new CumulativeSeries(10);
    series.report([histogramOf('h', 1, 2)]);
    series.end();
    series.report([histogramOf('h', 3, 0)]);
    expect(textOf(series.families)).toEqual(textOf([histogramOf('h', 4, 2)]));
  });

  it('should leave out label sets that come when there is no room, a histogram as a whole', () => {
    const series = new CumulativeSeries(5);
    const first = histogramOf('h', 1, 0, { kind: 'a' });
    const second = histogramOf('h', 2, 0, { kind: 'b' });
    series.report([{ ...first, samples: [...first.samples, ...second.samples] }]);
    expect(textOf(series.families)).toEqual(textOf([first]));
  });

  it('should never show a value that falls, whatever workers do', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), by: fc.nat(5) }),
      fc.constant({ kind: 'die' as const, by: 0 }),
      fc.constant({ kind: 'reset' as const, by: 0 }),
      fc.constant({ kind: 'report' as const, by: 0 }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const series = new CumulativeSeries(10);
        const shown = (): number => series.families[0]?.samples[0]?.value ?? 0;
        let [count, highest] = [0, 0];
        for (const { kind, by } of steps) {
          if (kind === 'count') count += by;
          else if (kind === 'reset') count = 0;
          else if (kind === 'report') series.report([counterOf('c', sampleOf(count))]);
          else [count] = [0, series.end()];
          expect(shown()).toBeGreaterThanOrEqual(highest);
          highest = shown();
        }
      }),
    );
  });
});
