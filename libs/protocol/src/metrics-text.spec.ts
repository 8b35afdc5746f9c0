import { describe, expect, it } from 'vitest';
import type { MetricFamily, MetricsReport } from '#libs/contracts';
import { decodeMetrics, encodeMetrics } from './metrics-text.js';

const FAMILY: MetricFamily = {
  name: 'c_total',
  help: 'h',
  type: 'counter',
  aggregator: 'sum',
  samples: [{ suffix: '', labels: { kind: 'NaN' }, value: 1 }],
};

function reportOf(part: Partial<MetricFamily> = {}): MetricsReport {
  return { families: [{ ...FAMILY, ...part }], dropped: 0, droppedFrom: '' };
}

describe('when a report travels', () => {
  it('should arrive as it was sent, numbers without a form in JSON too', () => {
    const samples = [NaN, Infinity, -Infinity, 0.1].map((value) => ({ suffix: '', labels: { kind: 'NaN' }, value }));
    const report = reportOf({ samples });
    expect(decodeMetrics(encodeMetrics(report), 4)).toEqual(report);
  });
});

describe('when a worker sends what would break the page', () => {
  const broken: [string, unknown][] = [
    ['a name with a line break', reportOf({ name: 'a\nb' })],
    ['a label that is none', reportOf({ samples: [{ suffix: '', labels: { 'a"b': '1' }, value: 1 }] })],
    ['a suffix of its own', reportOf({ samples: [{ suffix: '_x\n', labels: {}, value: 1 }] })],
    [
      'a value that is text',
      { ...reportOf(), families: [{ ...FAMILY, samples: [{ suffix: '', labels: {}, value: 'x' }] }] },
    ],
    ['a type that is none', reportOf({ type: 'x' as 'counter' })],
    ['no families', { dropped: 0, droppedFrom: '' }],
    ['a count that is none', { ...reportOf(), dropped: -1 }],
    ['null', null],
  ];

  it.each(broken)('should refuse it: %s', (_what, report) => {
    expect(() => decodeMetrics(JSON.stringify(report), 10)).toThrow('metrics are malformed');
  });

  it('should refuse more series than are allowed', () => {
    expect(() => decodeMetrics(encodeMetrics(reportOf()), 0)).toThrow('metrics have 1 series, and 0 are allowed');
  });
});
