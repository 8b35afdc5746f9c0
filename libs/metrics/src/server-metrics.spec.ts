import { describe, expect, it } from 'vitest';
import type { ServerMetrics } from './server-metrics.js';
import { batchOf, linesOf, metricsOf } from './server-metrics.fixture.js';

async function bucketsOf(metrics: ServerMetrics, name: string): Promise<string[]> {
  const lines = (await linesOf(metrics)).filter((line) => line.startsWith(`${name}_bucket`));
  return [...new Set(lines.map((line) => /le="([^"]+)"/.exec(line)![1]!))];
}

describe('when metrics are scraped', () => {
  it("should have mosec's five names and types, with help, before anything has happened", async () => {
    const lines = await linesOf(metricsOf());
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE mosec_service_throughput_total counter',
        '# TYPE mosec_service_process_duration_second histogram',
        '# TYPE mosec_service_batch_size histogram',
        '# TYPE mosec_service_batch_duration_second histogram',
        '# TYPE mosec_service_remaining_task gauge',
      ]),
    );
    const [types, helps] = ['# TYPE', '# HELP'].map((start) => lines.filter((line) => line.startsWith(start)));
    expect(helps).toHaveLength(types!.length);
  });

  it('should take the prefix that is configured', () => {
    const { registry } = metricsOf({ namespace: 'ocr' });
    expect(registry.getMetricsAsArray().every(({ name }) => name.startsWith('ocr_'))).toBe(true);
  });

  it('should keep two servers of one process apart', async () => {
    const [one, two] = [metricsOf(), metricsOf()];
    one.answered('/echo', 200, 1);
    expect(await linesOf(one)).toContain('mosec_service_throughput_total{code="200",endpoint="/echo"} 1');
    expect((await linesOf(two)).join()).not.toContain('/echo');
  });

  it('should ask for the open requests at each scrape', async () => {
    let open = 3;
    const metrics = metricsOf({ remainingTasks: () => open });
    expect(await linesOf(metrics)).toContain('mosec_service_remaining_task 3');
    open = 0;
    expect(await linesOf(metrics)).toContain('mosec_service_remaining_task 0');
  });

  it('should tell its version', async () => {
    expect(await linesOf(metricsOf())).toContain(
      `mosec_service_build_info{version="1.2.3",node="${process.version}"} 1`,
    );
  });
});

describe('when requests are answered', () => {
  it('should count them and their times by code and endpoint, errors too', async () => {
    const metrics = metricsOf();
    for (const [code, ms] of [
      [200, 1500],
      [200, 500],
      [429, 1],
    ] as const)
      metrics.answered('/echo', code, ms);
    const lines = await linesOf(metrics);
    expect(lines).toEqual(
      expect.arrayContaining([
        'mosec_service_throughput_total{code="200",endpoint="/echo"} 2',
        'mosec_service_throughput_total{code="429",endpoint="/echo"} 1',
        'mosec_service_request_duration_seconds_sum{code="200",endpoint="/echo"} 2',
        'mosec_service_request_duration_seconds_count{code="429",endpoint="/echo"} 1',
      ]),
    );
  });

  it('should put requests and batches in one histogram, in seconds, a request as "total"', async () => {
    const metrics = metricsOf();
    metrics.succeeded(250, '{"id":"1"}');
    metrics.stage('Classify', 8).batchDone(2, 40, 0, 1);
    const lines = await linesOf(metrics);
    expect(lines).toContain('mosec_service_process_duration_second_sum{stage="total",connection="total"} 0.25');
    expect(lines).toContain('mosec_service_process_duration_second_sum{stage="Classify",connection="2"} 0.04');
    expect(lines).toContain('mosec_service_process_duration_second_count{stage="Classify",connection="2"} 1');
  });

  it('should keep the trace id of a request as the example of its bucket', async () => {
    const metrics = metricsOf();
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    metrics.succeeded(3, '{"id":"1"}');
    metrics.succeeded(250, `{"id":"2","headers":{"traceparent":"00-${trace}-00f067aa0ba902b7-01"}}`);
    const family = (await metrics.registry.getMetricsAsJSON()).find(({ name }) => name.endsWith('duration_second'));
    const exemplars = (family?.values as { exemplar?: object }[]).flatMap(({ exemplar }) => exemplar ?? []);
    expect(exemplars).toEqual([
      { labelSet: { trace_id: trace }, value: 0.25, timestamp: expect.any(Number) as number },
    ]);
  });
});

describe('when requests fail at a stage', () => {
  it('should count by stage who went away and what was too late, and nothing else', async () => {
    const metrics = metricsOf();
    metrics.stage('Read', 1);
    for (const code of ['CANCELLED', 'TIMEOUT', 'TIMEOUT', 'INTERNAL']) metrics.failed('Read', code);
    const lines = await linesOf(metrics);
    expect(lines).toContain('mosec_service_cancelled_total{stage="Read"} 1');
    expect(lines).toContain('mosec_service_expired_total{stage="Read"} 2');
  });
});

describe('when buckets are chosen', () => {
  it.each([
    [3000, 13, '4.096'],
    [4096, 13, '4.096'],
    [4097, 14, '8.192'],
    [1, 1, '0.001'],
  ])('should double from a millisecond until they cover the timeout of %i ms', async (timeoutMs, count, last) => {
    const metrics = metricsOf({ timeoutMs });
    const stage = metrics.stage('Echo', 8);
    stage.batchDone(1, 1, 0, 1);
    stage.batchSent(batchOf([0]));
    for (const name of ['process_duration_second', 'batch_duration_second', 'queue_wait_seconds']) {
      const bounds = await bucketsOf(metrics, `mosec_service_${name}`);
      expect([bounds[0], bounds.length, bounds.at(-2), bounds.at(-1)]).toEqual(['0.001', count + 1, last, '+Inf']);
    }
  });

  it('should double batch sizes up to 512', async () => {
    const metrics = metricsOf();
    metrics.stage('Echo', 8).batchSent(batchOf([0]));
    const bounds = '1,2,4,8,16,32,64,128,256,512,+Inf'.split(',');
    expect(await bucketsOf(metrics, 'mosec_service_batch_size')).toEqual(bounds);
  });
});

describe('when totals are read', () => {
  it('should have what stages have done and clients have got', () => {
    const metrics = metricsOf();
    const stage = metrics.stage('Classify', 4);
    stage.batchSent(batchOf([10, 30]));
    stage.batchDone(1, 50, 0, 2);
    stage.batchDone(2, 70, 0, 2);
    for (const code of [200, 200, 422]) metrics.answered('/a', code, 100);
    expect(metrics.totals.stages).toEqual([
      { stage: 'Classify', items: 2, waitMs: 40, batches: 2, computeMs: 120, filled: { count: 1, sum: 0.5 } },
    ]);
    expect(metrics.totals.routes).toEqual([
      { endpoint: '/a', answers: 3, failures: 1, totalMs: expect.closeTo(300) as number },
    ]);
  });
});
