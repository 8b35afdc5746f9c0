import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, Task } from '../fixtures/metrics/plan.js';
import type { AppProcess } from '../support/app-process.js';
import { freshScrape, scrape, type Scrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0;q=0.9,text/plain;version=0.0.4;q=0.5';
/** Longer than a scrape may take, and much shorter than the worker is busy. */
const BUSY_MS = 2000;

function run(app: AppProcess, path: string, task: Task): Promise<Report> {
  return post(`${app.url}${path}`, task).then(({ json }) => json as Report);
}

/** What promtool has to say about a page; empty if it finds nothing wrong. */
function promtool(page: string): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile('promtool', ['check', 'metrics'], (error, stdout, stderr) =>
      resolve(error ? `${error.message}\n${stdout}${stderr}` : stdout),
    );
    child.stdin?.end(page);
  });
}

/** The names of all samples that go up only. */
function totals({ samples, types }: Scrape): Map<string, number> {
  const isCounted = (name: string): boolean =>
    types.get(name) === 'counter' || types.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram';
  const counted = samples.filter(({ name }) => isCounted(name));
  return new Map(counted.map(({ name, labels, value }) => [`${name} ${JSON.stringify(labels)}`, value]));
}

describe('when stages have metrics of their own', () => {
  let app: AppProcess;

  beforeAll(async () => void (app = await startReadyApp('metrics', { args: ['--timing-headers'] })));
  afterAll(() => app?.stop());

  it('should add up the counters of two workers and take the highest of their gauges', async () => {
    const workers = new Set<number>();
    let sent = 0;
    await waitFor(async () => {
      const reports = await Promise.all(
        [1, 2].map((level) => run(app, '/counted', { kind: 'both', level, spinMs: 20 })),
      );
      sent += reports.length;
      for (const { workerId } of reports) workers.add(workerId);
      return workers.size === 2;
    });
    const { sum, samples } = await freshScrape(app.url);
    expect(sum('tasks_total', { stage: 'Counted', kind: 'both' })).toBe(sent);
    expect(sum('task_size_count', { stage: 'Counted' })).toBe(sent);
    expect(samples.filter(({ name, labels }) => name === 'level' && labels.stage === 'Counted')).toEqual([
      { name: 'level', labels: { stage: 'Counted' }, value: 2 },
    ]);
  });

  it.each([
    ['/counted', 'Counted', 'process'],
    ['/thread', 'Counted_2', 'thread'],
    ['/inline', 'Counted_3', 'inline'],
  ])('should show those of %s', async (path, stage, kind) => {
    const before = (await freshScrape(app.url)).sum('tasks_total', { stage, kind });
    await run(app, path, { kind });
    expect((await freshScrape(app.url)).sum('tasks_total', { stage, kind })).toBe(before + 1);
  });

  it('should show what a provider of nestjs-prometheus counts in a worker', async () => {
    const before = (await freshScrape(app.url)).sum('injected_total', { stage: 'Counted' });
    await run(app, '/counted', {});
    expect((await freshScrape(app.url)).sum('injected_total', { stage: 'Counted' })).toBe(before + 1);
  });

  it('should show the process of each worker, and the metrics of the application', async () => {
    const { sum } = await freshScrape(app.url);
    for (const worker of ['1', '2'])
      expect(sum('process_resident_memory_bytes', { stage: 'Counted', worker })).toBeGreaterThan(1e6);
    expect(sum('nodejs_heap_size_used_bytes', { stage: 'Counted_2', worker: '1' })).toBeGreaterThan(1e6);
    expect(sum('application_total')).toBe(3);
  });

  it('should tell the times of a request at each stage in the headers of its answer', async () => {
    const { headers } = await post(`${app.url}/two`, { spinMs: 30 });
    expect(headers.get('x-mosec-stage')).toBe('Counted, Gathered');
    expect(headers.get('x-mosec-batch-size')).toBe('1, 1');
    expect(headers.get('x-mosec-queue-ms')).toMatch(/^\d+\.\d{3}, \d+\.\d{3}$/);
    expect(parseFloat(headers.get('x-mosec-compute-ms') ?? '')).toBeGreaterThanOrEqual(30);
  });

  it('should satisfy promtool', async () => {
    expect(await promtool((await ask(`${app.url}/metrics`)).text)).toBe('');
  });

  it('should speak OpenMetrics where a client prefers it, with the trace of a request', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await post(`${app.url}/counted`, {}, { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
    const { headers, text } = await ask(`${app.url}/metrics`, { headers: { accept: OPEN_METRICS } });
    expect(headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(text).toMatch(new RegExp(`mosec_service_process_duration_second_bucket.* # {trace_id="${trace}"} `));
    expect(text).toMatch(/^# TYPE tasks counter$/m);
    expect(text.endsWith('\n# EOF\n')).toBe(true);
  });

  it('should let no counter fall when a worker is killed, and go on counting', async () => {
    await run(app, '/counted', { kind: 'killed', level: 9 });
    const before = await freshScrape(app.url);
    const { pid, workerId } = await run(app, '/counted', { kind: 'killed' });
    const worker = String(workerId);
    await freshScrape(app.url);
    process.kill(pid, 'SIGKILL');
    const restarts = { stage: 'Counted', worker, cause: 'ended' };
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_worker_restarts_total', restarts) === 1);
    await waitFor(async () => (await scrape(app.url)).sum('mosec_service_worker_up', { stage: 'Counted' }) === 2);
    await run(app, '/counted', { kind: 'killed' });
    const after = await freshScrape(app.url);
    const now = totals(after);
    for (const [series, value] of totals(before)) expect(now.get(series), series).toBeGreaterThanOrEqual(value);
    expect(after.sum('tasks_total', { kind: 'killed' })).toBe(3);
  });

  it('should answer a scrape at once while a worker computes, mark its values as old, and catch up', async () => {
    await freshScrape(app.url);
    const busy = run(app, '/thread', { kind: 'busy', spinMs: BUSY_MS });
    const stale = (page: Scrape): number => page.sum('mosec_service_worker_metrics_stale', { stage: 'Counted_2' });
    let isDone = false;
    void busy.then(() => (isDone = true));
    const page = await waitFor(async () => {
      const seen = await scrape(app.url);
      return stale(seen) === 1 && seen;
    });
    expect(isDone).toBe(false);
    expect(page.sum('tasks_total', { stage: 'Counted_2', kind: 'thread' })).toBe(1);
    await busy;
    const last = await waitFor(async () => {
      const seen = await scrape(app.url);
      return stale(seen) === 0 && seen;
    });
    expect(last.sum('tasks_total', { stage: 'Counted_2', kind: 'busy' })).toBe(1);
  });

  it('should bound the series of a worker, with a warning and a count', async () => {
    await run(app, '/thread', { series: 2000 });
    const { samples, sum } = await freshScrape(app.url);
    const count = samples.filter(({ name, labels }) => name === 'tasks_total' && labels.stage === 'Counted_2').length;
    expect(count).toBeGreaterThan(500);
    expect(count).toBeLessThanOrEqual(1000);
    expect(sum('mosec_service_worker_series_dropped_total', { stage: 'Counted_2' })).toBeGreaterThan(1000);
    await app.waitForLog(/series of its metrics are left out, from .*tasks_total.*raise maxWorkerSeries/);
  });
});
