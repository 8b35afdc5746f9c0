import { describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.js';
import { freshScrape, parseScrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

describe('when the application has metrics of its own at /metrics', () => {
  it('should leave the page to it, and say how to join both', async () => {
    const app = await startReadyApp('metrics', { env: { PROMETHEUS: 'stock', FEW: '1' } });
    try {
      const { types } = parseScrape((await ask(`${app.url}/metrics`)).text);
      expect([types.has('application_total'), types.has('mosec_service_remaining_task')]).toEqual([true, false]);
      expect(await app.waitForLog('answers /metrics itself')).toContain('MosecMetricsController');
    } finally {
      await app.stop();
    }
  });

  it('should show both where PrometheusModule is given our controller', async () => {
    const app = await startReadyApp('metrics', { env: { PROMETHEUS: 'shared', FEW: '1' } });
    try {
      const answer = await post(`${app.url}/counted`, {});
      expect(answer.headers.has('x-mosec-stage')).toBe(false);
      await freshScrape(app.url);
      const { headers, text } = await ask(`${app.url}/metrics`);
      const { sum, samples } = parseScrape(text);
      expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect([sum('application_total'), sum('tasks_total', { stage: 'Counted' })]).toEqual([3, 1]);
      expect(samples.filter(({ name, labels }) => name === 'process_cpu_seconds_total' && !labels.stage)).toHaveLength(
        1,
      );
      expect(app.output).not.toContain('answers /metrics itself');
    } finally {
      await app.stop();
    }
  });
});

describe('when two applications run in one process', () => {
  it('should keep their metrics apart', async () => {
    const second = await freePort();
    const app = await startReadyApp('metrics', { env: { SECOND_PORT: String(second), FEW: '1' } });
    const other = `http://127.0.0.1:${second}`;
    try {
      await waitFor(async () => (await ask(`${other}/readyz`)).status === 200);
      await post(`${app.url}/counted`, { kind: 'first' });
      await post(`${other}/counted`, { kind: 'second' });
      for (const [url, mine, its] of [
        [app.url, 'first', 'second'],
        [other, 'second', 'first'],
      ] as const) {
        const { sum } = await freshScrape(url);
        expect(sum('tasks_total', { kind: mine })).toBe(1);
        expect(sum('tasks_total', { kind: its })).toBe(0);
        expect(sum('mosec_service_throughput_total', { endpoint: '/counted' })).toBe(1);
      }
    } finally {
      await app.stop();
    }
  });
});
