import { Counter, Gauge, register as defaultRegistry } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LogSink } from '#libs/contracts';
import { counterOf, gaugeOf, reportOf, sampleOf } from './family.fixture.js';
import { MetricsPage } from './metrics-page.js';
import { metricsOf } from './server-metrics.fixture.js';
import { WorkersMetrics } from './workers-metrics.js';

afterEach(() => defaultRegistry.clear());

function pageOf() {
  const log = vi.fn<LogSink['log']>();
  const workers = new WorkersMetrics({ namespace: 'ns', maxSeries: 100, now: () => 0, warn: vi.fn() });
  const page = new MetricsPage(metricsOf(), workers, { log });
  const record = workers.keep('Read', 1, () => undefined);
  /** Lines of the page that begin so. */
  const lines = async (start: string, accept?: string): Promise<string[]> =>
    (await page.write(accept)).text.split('\n').filter((line) => line.startsWith(start));
  return { page, record, log, lines };
}

describe('when the page is written', () => {
  it('should have what the application put on the default registry', async () => {
    new Counter({ name: 'application_total', help: 'h' }).inc(3);
    expect(await pageOf().lines('application')).toEqual(['application_total 3']);
  });

  it('should have one family of a name that application and workers use', async () => {
    new Counter({ name: 'both_total', help: 'h' }).inc(3);
    const { record, lines } = pageOf();
    record.reported(reportOf(counterOf('both_total', sampleOf(1))));
    expect(await lines('# TYPE both')).toHaveLength(1);
    expect(await lines('both')).toEqual(['both_total 3', 'both_total{stage="Read"} 1']);
  });

  it('should show the process of the server once, also where the application does so', async () => {
    expect(await pageOf().lines('process_cpu_seconds_total ')).toHaveLength(1);
    new Gauge({ name: 'process_cpu_seconds_total', help: 'h' }).set(7);
    expect(await pageOf().lines('process_cpu_seconds_total ')).toEqual(['process_cpu_seconds_total 7']);
  });

  it('should leave a family out whose name has another type, and say so once', async () => {
    new Counter({ name: 'clash', help: 'h' }).inc(3);
    const { record, lines, log } = pageOf();
    record.reported(reportOf(gaugeOf('clash', sampleOf(1))));
    await lines('');
    expect(await lines('clash')).toEqual(['clash 3']);
    expect(log.mock.calls).toEqual([['warning', expect.stringContaining('"clash"')]]);
  });

  it('should know that names may clash in OpenMetrics alone', async () => {
    const { record, lines } = pageOf();
    record.reported(reportOf(counterOf('jobs_total', sampleOf(2)), gaugeOf('jobs', sampleOf(1))));
    expect(await lines('jobs')).toEqual(['jobs_total{stage="Read"} 2', 'jobs{stage="Read"} 1']);
    expect(await lines('jobs', 'application/openmetrics-text')).toEqual(['jobs_total{stage="Read"} 2']);
  });

  it('should be there although a metric of the application throws', async () => {
    const collect = (): never => {
      throw new Error('no sensor');
    };
    new Gauge({ name: 'broken', help: 'h', collect });
    const { lines, log } = pageOf();
    expect(await lines('mosec_service_remaining_task')).toEqual(['mosec_service_remaining_task 0']);
    expect(log.mock.calls).toEqual([['warning', expect.stringContaining('no sensor')]]);
  });

  it('should leave the default registry as it is, whatever the format', async () => {
    const counter = new Counter({ name: 'application_total', help: 'h' });
    await pageOf().page.write('application/openmetrics-text');
    expect(defaultRegistry.getMetricsAsArray()).toEqual([counter]);
    expect(await defaultRegistry.metrics()).toContain('# TYPE application_total counter');
    expect(defaultRegistry.contentType).toContain('text/plain');
  });
});
