import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Uploads get five seconds before they are called slow.
vi.setConfig({ testTimeout: 60_000 });

const MB = 1_000_000;
const CONNECTIONS = 10_000;
const traces = new TraceFolder();
let app: WorkApp;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, minUploadBytesPerSecond: 1_000, maxRequestSizeBytes: MB },
    routes: { '/one': {} },
  });
});
afterAll(async () => {
  await app?.process.stop('SIGKILL');
  traces.remove();
});

const descriptors = (): number => readdirSync(`/proc/${app.process.pid}/fd`).length;

function residentBytes(): number {
  const status = readFileSync(`/proc/${app.process.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
}

/** Sends a piece every so often until the connection is closed or the callback is called. */
function drip(client: RawHttp, piece: () => void, everyMs: number): () => void {
  const timer = setInterval(() => (client.isClosed ? clearInterval(timer) : piece()), everyMs);
  return () => clearInterval(timer);
}

describe('when a body arrives too slowly', () => {
  it.each(['Content-Length: 100000', 'Transfer-Encoding: chunked'])('should answer 408 (%s)', async (framing) => {
    const client = await RawHttp.connect(app.process.port);
    client.sendHead('POST /one', framing);
    const start = performance.now();
    const stop = drip(client, () => (framing.startsWith('T') ? client.sendChunk('slow') : client.send('slow')), 100);
    const answer = await client.response();
    stop();
    client.destroy();
    expect(performance.now() - start).toBeGreaterThan(4_900);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      408,
      { code: 'TIMEOUT', message: 'request body arrived too slowly' },
    ]);
  });
});

describe('when a chunked body has no end', () => {
  it('should answer 413, keep nothing of the rest, and close the connection', async () => {
    const before = residentBytes();
    const client = await RawHttp.connect(app.process.port);
    client.sendHead('POST /one', 'Transfer-Encoding: chunked');
    const chunk = 'x'.repeat(MB / 10);
    const stop = drip(client, () => client.sendChunk(chunk), 5);
    expect((await client.response()).status).toBe(413);
    await waitFor(() => client.isClosed, { what: 'the connection to be closed' });
    stop();
    expect(residentBytes() - before).toBeLessThan(100 * MB);
    expect((await app.order('/one', { id: 'after-endless' })).status).toBe(200);
  });
});

describe('when there are thousands of idle connections', () => {
  it('should serve others, within bounded memory, and give every descriptor back', async () => {
    const [fds, memory] = [descriptors(), residentBytes()];
    const idle: RawHttp[] = [];
    for (let i = 0; i < CONNECTIONS; i++) idle.push(await RawHttp.connect(app.process.port));
    // Half of them have begun a request that they do not go on with.
    for (const [i, client] of idle.entries()) if (i % 2) client.send('POST /one HTTP/1.1\r\nHost: ');
    await waitFor(() => descriptors() >= fds + CONNECTIONS);
    expect((await app.order('/one', { id: 'among-idle' })).status).toBe(200);
    expect(residentBytes() - memory).toBeLessThan(150 * MB);
    for (const client of idle) client.destroy();
    await waitFor(() => descriptors() <= fds + 5);
  });
});

describe('when a client floods with headers', () => {
  it.each([
    ['one of a megabyte', `X-Flood: ${'x'.repeat(MB)}`],
    ['ten thousand of them', Array.from({ length: 10_000 }, (_, i) => `X-Flood-${i}: ${i}`).join('\r\n')],
  ])('should refuse it with 431: %s', async (_what, headers) => {
    const client = await RawHttp.connect(app.process.port);
    client.sendHead('POST /one', headers, 'Content-Length: 0');
    await waitFor(() => client.text.startsWith('HTTP/1.1 431') || client.isClosed);
    expect(client.text.slice(0, 12)).toBe(client.text === '' ? '' : 'HTTP/1.1 431');
    await waitFor(() => client.isClosed);
    expect((await app.order('/one', { id: 'after-flood' })).status).toBe(200);
  });
});

describe('when requests are malformed', () => {
  it.each([
    'rubbish\r\n\r\n',
    'POST /one HTTP/9.9\r\nHost: x\r\n\r\n',
    'POST /one HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'POST /one HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /one HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'POST /%E0%A4%A HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    'POST /../../etc/passwd HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  ])('should refuse with 4xx, tell nothing of itself, and go on: %j', async (bytes) => {
    const client = await RawHttp.connect(app.process.port);
    client.send(bytes);
    await waitFor(() => client.isClosed);
    expect(client.text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(client.text).not.toMatch(/node_modules|\.[jt]s\b|\n\s+at /);
    expect((await app.order('/one', { id: 'after-malformed' })).status).toBe(200);
  });

  it('should not tell paths or stacks when a stage fails on what it was given', async () => {
    const answers = await Promise.all([
      post(`${app.process.url}/one`, '{'),
      post(`${app.process.url}/one`, 'null'),
      post(`${app.process.url}/one`, '{"id":"odd","writes":7}'),
    ]);
    for (const { status, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(/node_modules|\.[jt]s\b|\n\s+at |\/tmp|\/dist/);
    }
  });
});

describe('when all of that is over', () => {
  it('should have nothing left inside', async () => {
    const metrics = await scrape(app.process.url);
    expect(metrics.sum('mosec_service_remaining_task')).toBe(0);
    expect(app.process.isRunning).toBe(true);
    expect(app.process.output).not.toMatch(/worker ended/);
  });
});
