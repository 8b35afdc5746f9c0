import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyWork, type WorkAnswer, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const KB = 1_000;
const MB = 1_000 * KB;
const traces = new TraceFolder();
let app: WorkApp;
let next = 0;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, hungMs: 600_000, maxPendingBytes: 20 * MB },
    routes: { '/one': {}, '/bounded': { maxQueueWaitMs: 150 }, '/other': {}, '/sleepy': { stage: 'batch' } },
  });
});
afterAll(async () => {
  await app?.process.stop('SIGKILL');
  traces.remove();
});

/** Lets the server learn how long an item takes. */
async function teach(path: string, spinMs: number): Promise<void> {
  for (let i = 0; i < 6; i++) expect((await app.order(path, { id: `teach-${next++}`, spinMs })).status).toBe(200);
}

function orders(count: number, path: string, order: object, headers?: Record<string, string>): Promise<WorkAnswer>[] {
  return Array.from({ length: count }, () => app.order(path, { id: `order-${next++}`, ...order }, headers));
}

describe('when the queue makes a deadline unreachable', () => {
  it('should refuse at once with 429, but for one probe, and admit what can wait', async () => {
    await teach('/one', 100);
    const patient = orders(15, '/one', { spinMs: 100 });
    await waitFor(async () => (await scrape(app.process.url)).sum('mosec_service_remaining_task') >= 12);
    const hasty = await Promise.all(orders(6, '/one', { spinMs: 100 }, { 'x-request-timeout': '500' }));
    const refused = hasty.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    for (const { report, headers } of refused) {
      expect(report).toMatchObject({ code: 'DEADLINE_UNREACHABLE', statusCode: 429 });
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect(hasty.find(({ status }) => status !== 429)?.status).toBe(408);
    for (const { status } of await Promise.all(patient)) expect(status).toBe(200);
    expect((await app.order('/one', { id: 'idle-again' }, { 'x-request-timeout': '500' })).status).toBe(200);
  });
});

describe('when the predicted wait exceeds maxQueueWaitMs', () => {
  it('should refuse although the deadline is far, and never while the stage is idle', async () => {
    await teach('/bounded', 100);
    const answers = await Promise.all(orders(12, '/bounded', { spinMs: 100 }));
    const codes = answers.map(({ status, report }) => (status === 200 ? 'in' : `${status} ${report.code}`));
    const admitted = codes.filter((code) => code === 'in').length;
    // One runs, one or two wait up to 150 ms, one is the probe.
    expect(admitted).toBeGreaterThanOrEqual(2);
    expect(admitted).toBeLessThanOrEqual(4);
    expect(new Set(codes)).toEqual(new Set(['in', '429 DEADLINE_UNREACHABLE']));
    expect((await app.order('/bounded', { id: 'bounded-again', spinMs: 100 })).status).toBe(200);
  });
});

describe('when a deadline passes in the queue', () => {
  it('should answer 408 then, and give the place in the batch to others', async () => {
    const before = traces.lines('batches').length;
    const holder = app.order('/sleepy', { id: 'holder', until: 'holder-may-end' });
    await waitFor(() => app.entered('holder'));
    const short = orders(3, '/sleepy', {}, { 'x-request-timeout': '400' });
    const long = Array.from({ length: 4 }, (_, i) => app.order('/sleepy', { id: `long-${i}` }));
    for (const { status } of await Promise.all(short)) expect(status).toBe(408);
    traces.release('holder-may-end');
    expect((await holder).status).toBe(200);
    for (const { status } of await Promise.all(long)) expect(status).toBe(200);
    const after = traces.lines('batches').slice(before + 1);
    expect(after.map((line) => line.split('+').sort())).toEqual([['long-0', 'long-1', 'long-2', 'long-3']]);
  });
});

describe('when too many bytes are pending', () => {
  const refusal = { statusCode: 503, code: 'UNAVAILABLE', message: 'too many bytes are waiting' };
  const bodyOf = (id: string, more: object, bytes: number) =>
    JSON.stringify({ id, ...more, filling: 'x'.repeat(bytes) });

  it('should refuse with 503 before the body comes, and take requests again later', async () => {
    const route = `${app.process.url}/one`;
    const holding = [9, 9].map((size, i) => post(route, bodyOf(`big-${i}`, { until: 'big-may-end' }, size * MB)));
    await waitFor(() => app.entered('big-0') || app.entered('big-1'));
    const declared = await waitFor(async () => {
      const answer = await RawHttp.request(app.process.port, ['POST /other', `Content-Length: ${9 * MB}`]);
      return answer.status === 503 && answer;
    });
    expect(JSON.parse(declared.text)).toMatchObject(refusal);
    const chunked = await RawHttp.connect(app.process.port);
    chunked.sendHead('POST /other', 'Transfer-Encoding: chunked');
    chunked.sendChunk('x'.repeat(5 * MB));
    expect((await chunked.response()).status).toBe(503);
    chunked.destroy();
    expect((await app.order('/other', { id: 'small' })).status).toBe(200);
    traces.release('big-may-end');
    for (const { status } of await Promise.all(holding)) expect(status).toBe(200);
    expect((await post(`${app.process.url}/other`, bodyOf('big-later', {}, 9 * MB))).status).toBe(200);
  });

  it('should count answers that a client does not read, until it leaves', async () => {
    const reader = await RawHttp.connect(app.process.port);
    const body = JSON.stringify({ id: 'unread', replyBytes: 30 * MB });
    reader.socket.pause();
    reader.sendHead('POST /one', `Content-Length: ${body.length}`);
    reader.send(body);
    await waitFor(async () => (await app.order('/other', { id: `full-${next++}` })).status === 503);
    reader.destroy();
    await waitFor(async () => (await app.order('/other', { id: `free-${next++}` })).status === 200);
  });
});

describe('when a worker is stopped under full load', () => {
  it('should not make the memory of the gateway grow, and serve again once it goes on', async () => {
    const { report } = await app.order('/sleepy', { id: 'awake' });
    const before = residentBytes();
    process.kill(report.pid, 'SIGSTOP');
    const body = JSON.stringify({ id: 'load', filling: 'x'.repeat(200 * KB) });
    const statuses: Record<number, number> = {};
    let sent = 0;
    const client = async (): Promise<void> => {
      while (sent++ < 3_000) {
        const { status } = await post(`${app.process.url}/sleepy`, body, { 'x-request-timeout': '150' });
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 48 }, client));
    const grown = residentBytes() - before;
    process.kill(report.pid, 'SIGCONT');
    expect(statuses[200]).toBeUndefined();
    expect(statuses[408]).toBeGreaterThan(0);
    // 600 MB have passed; at most 20 MB may be held, besides what the collector has not come to yet.
    expect(grown).toBeLessThan(200 * MB);
    const again = await app.order('/sleepy', { id: 'awake-again' });
    expect(again.report).toMatchObject({ id: 'awake-again', pid: report.pid });
  });
});

function residentBytes(): number {
  const status = readFileSync(`/proc/${app.process.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
}
