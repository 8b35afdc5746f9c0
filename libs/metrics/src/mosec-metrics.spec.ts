import { describe, expect, it } from 'vitest';
import { MosecMetrics } from './mosec-metrics.js';

function metricsOf(timeoutMs = 3000, remainingTasks = (): number => 0): MosecMetrics {
  return new MosecMetrics({ namespace: 'mosec_service', timeoutMs, remainingTasks });
}

async function scrape(metrics: MosecMetrics): Promise<string[]> {
  return (await metrics.registry.metrics()).split('\n');
}

async function bucketsOf(metrics: MosecMetrics, name: string): Promise<string[]> {
  const lines = (await scrape(metrics)).filter((line) => line.startsWith(`${name}_bucket`));
  return [...new Set(lines.map((line) => /le="([^"]+)"/.exec(line)![1]!))];
}

describe('when metrics are scraped', () => {
  it("should have mosec's five names and types, with help, before anything has happened", async () => {
    const lines = await scrape(metricsOf());
    expect(lines.filter((line) => line.startsWith('# TYPE'))).toEqual([
      '# TYPE mosec_service_throughput_total counter',
      '# TYPE mosec_service_process_duration_second histogram',
      '# TYPE mosec_service_batch_size histogram',
      '# TYPE mosec_service_batch_duration_second histogram',
      '# TYPE mosec_service_remaining_task gauge',
    ]);
    expect(lines.filter((line) => line.startsWith('# HELP'))).toHaveLength(5);
  });

  it('should take the prefix that is configured', async () => {
    const { registry } = new MosecMetrics({ namespace: 'ocr', timeoutMs: 1, remainingTasks: () => 0 });
    expect(registry.getMetricsAsArray().every(({ name }) => name.startsWith('ocr_'))).toBe(true);
  });

  it('should keep two servers of one process apart', async () => {
    const [one, two] = [metricsOf(), metricsOf()];
    one.answered('/echo', 200);
    expect(await scrape(one)).toContain('mosec_service_throughput_total{code="200",endpoint="/echo"} 1');
    expect((await scrape(two)).join()).not.toContain('/echo');
  });

  it('should ask for the open requests at each scrape', async () => {
    let open = 3;
    const metrics = metricsOf(3000, () => open);
    expect(await scrape(metrics)).toContain('mosec_service_remaining_task 3');
    open = 0;
    expect(await scrape(metrics)).toContain('mosec_service_remaining_task 0');
  });
});

describe('when something is observed', () => {
  it('should count answers by code and endpoint', async () => {
    const metrics = metricsOf();
    for (const code of [200, 200, 429]) metrics.answered('/echo', code);
    const lines = await scrape(metrics);
    expect(lines).toContain('mosec_service_throughput_total{code="200",endpoint="/echo"} 2');
    expect(lines).toContain('mosec_service_throughput_total{code="429",endpoint="/echo"} 1');
  });

  it('should put requests and batches in one histogram, in seconds, a request as "total"', async () => {
    const metrics = metricsOf();
    metrics.succeeded(250);
    metrics.batchDone('Classify', 2, 40);
    const lines = await scrape(metrics);
    expect(lines).toContain('mosec_service_process_duration_second_sum{stage="total",connection="total"} 0.25');
    expect(lines).toContain('mosec_service_process_duration_second_sum{stage="Classify",connection="2"} 0.04');
    expect(lines).toContain('mosec_service_process_duration_second_count{stage="Classify",connection="2"} 1');
  });

  it('should tell how large a batch was, and how long it took to collect', async () => {
    const metrics = metricsOf();
    metrics.batchSent('Classify', 1, 12, 8, 'hold');
    const lines = await scrape(metrics);
    expect(lines).toContain('mosec_service_batch_size_sum{stage="Classify",connection="1"} 12');
    expect(lines).toContain('mosec_service_batch_duration_second_sum{stage="Classify",connection="1"} 0.008');
  });
});

describe('when buckets are chosen', () => {
  it.each([
    [3000, 13, '4.096'],
    [4096, 13, '4.096'],
    [4097, 14, '8.192'],
    [1, 1, '0.001'],
  ])('should double from a millisecond until they cover the timeout of %i ms', async (timeoutMs, count, last) => {
    const metrics = metricsOf(timeoutMs);
    metrics.batchDone('Echo', 1, 1);
    metrics.batchSent('Echo', 1, 1, 1, 'idle');
    for (const name of ['process_duration_second', 'batch_duration_second']) {
      const bounds = await bucketsOf(metrics, `mosec_service_${name}`);
      expect([bounds[0], bounds.length, bounds.at(-2), bounds.at(-1)]).toEqual(['0.001', count + 1, last, '+Inf']);
    }
  });

  it('should double batch sizes up to 512', async () => {
    const metrics = metricsOf();
    metrics.batchSent('Echo', 1, 1, 1, 'idle');
    const bounds = '1,2,4,8,16,32,64,128,256,512,+Inf'.split(',');
    expect(await bucketsOf(metrics, 'mosec_service_batch_size')).toEqual(bounds);
  });
});
