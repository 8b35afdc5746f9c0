import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { HistogramFamily } from './histogram-family.js';

const OPTIONS = { name: 'size', help: 'items', buckets: [1, 8] };

describe('when a registry has a histogram by stage and worker', () => {
  it('should show a series for each of them, with help and type', async () => {
    const registry = new Registry();
    const histogram = new HistogramFamily(OPTIONS, registry);
    histogram.series({ stage: 'Echo', connection: 1 }).observe(8);
    histogram.series({ stage: 'Echo', connection: 2 }).observe(1);
    expect((await registry.metrics()).split('\n')).toEqual([
      '# HELP size items',
      '# TYPE size histogram',
      'size_bucket{le="1",stage="Echo",connection="1"} 0',
      'size_bucket{le="8",stage="Echo",connection="1"} 1',
      'size_bucket{le="+Inf",stage="Echo",connection="1"} 1',
      'size_sum{stage="Echo",connection="1"} 8',
      'size_count{stage="Echo",connection="1"} 1',
      'size_bucket{le="1",stage="Echo",connection="2"} 1',
      'size_bucket{le="8",stage="Echo",connection="2"} 1',
      'size_bucket{le="+Inf",stage="Echo",connection="2"} 1',
      'size_sum{stage="Echo",connection="2"} 1',
      'size_count{stage="Echo",connection="2"} 1',
      '',
    ]);
  });

  it('should begin anew when the registry resets all', async () => {
    const registry = new Registry();
    const histogram = new HistogramFamily(OPTIONS, registry);
    histogram.series({ stage: 'Echo', connection: 1 }).observe(8);
    registry.resetMetrics();
    expect(await registry.metrics()).toContain('size_count{stage="Echo",connection="1"} 0');
  });

  it('should refuse a name that is taken', () => {
    const registry = new Registry();
    const histogram = () => new HistogramFamily(OPTIONS, registry);
    histogram();
    expect(histogram).toThrow('size');
  });
});
