import { describe, expect, it } from 'vitest';
import { acceptsOpenMetrics } from './accepts-open-metrics.js';
import { OPEN_METRICS_FORMAT, TEXT_FORMAT } from './exposition.js';
import { counterOf, gaugeOf, histogramOf, sampleOf } from './family.fixture.js';

const linesOf = (text: string): string[] => text.split('\n');

describe('when metrics are written for Prometheus', () => {
  it('should have the content type without which it refuses them', () => {
    expect(TEXT_FORMAT.write([]).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('should escape labels and help', () => {
    const family = { ...gaugeOf('g', sampleOf(1, { path: 'a"b\\c\nd' })), help: 'one\ntwo' };
    expect(linesOf(TEXT_FORMAT.write([family]).text)).toEqual([
      '# HELP g one\\ntwo',
      '# TYPE g gauge',
      'g{path="a\\"b\\\\c\\nd"} 1',
      '',
    ]);
  });

  it('should have a form for all numbers', () => {
    const family = gaugeOf('g', ...[NaN, Infinity, -Infinity, 1e21, 0.1].map((value) => sampleOf(value)));
    const values = linesOf(TEXT_FORMAT.write([family]).text).slice(2, -1);
    expect(values).toEqual(['g NaN', 'g +Inf', 'g -Inf', 'g 1e+21', 'g 0.1']);
  });
});

describe('when metrics are written as OpenMetrics', () => {
  it('should end counters in _total, have bounds as floats, and mark the end', () => {
    const { contentType, text } = OPEN_METRICS_FORMAT.write([
      counterOf('a_total', sampleOf(1)),
      counterOf('b', sampleOf(2)),
      histogramOf('h', 1, 0),
    ]);
    expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    const types = linesOf(text).filter((line) => line.startsWith('# TYPE'));
    expect(types).toEqual(['# TYPE a counter', '# TYPE b counter', '# TYPE h histogram']);
    expect(linesOf(text)).toEqual(expect.arrayContaining(['a_total 1', 'b_total 2', 'h_bucket{le="1.0"} 1']));
    expect(text.endsWith('\n# EOF\n')).toBe(true);
  });

  it('should show exemplars, and only there', () => {
    const exemplar = { labels: { trace_id: 'abc' }, value: 0.5, timestamp: 12.5 };
    const family = histogramOf('h', 1, 0);
    const [first, ...rest] = family.samples;
    const shown = { ...family, samples: [{ ...first!, exemplar }, ...rest] };
    expect(linesOf(OPEN_METRICS_FORMAT.write([shown]).text)).toContain(
      'h_bucket{le="1.0"} 1 # {trace_id="abc"} 0.5 12.500',
    );
    expect(TEXT_FORMAT.write([shown]).text).not.toContain('abc');
  });
});

describe('when a client says what it accepts', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['text/plain', false],
    ['application/openmetrics-text', true],
    [
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      true,
    ],
    [
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      true,
    ],
    ['application/openmetrics-text;version=2.0.0', false],
    ['text/plain;version=0.0.4;q=0.9,application/openmetrics-text;q=0.5', false],
    ['application/openmetrics-text;q=0', false],
    ['application/openmetrics-text;q=x', false],
  ])('should choose between the formats: %s', (accept, open) => {
    expect(acceptsOpenMetrics(accept)).toBe(open);
  });
});
