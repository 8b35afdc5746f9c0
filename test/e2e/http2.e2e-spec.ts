import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { constants, type ClientHttp2Stream } from 'node:http2';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/work/order.js';
import { answerOf, Http2Client } from '../support/http2-client.js';
import * as http2Frames from '../../src/http/http2-frames.fixture.js';
import { scrape } from '../support/metrics.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_ENHANCE_YOUR_CALM } = constants;
const MAX_BYTES = 1_000_000;
const traces = new TraceFolder();
let app: WorkApp;
let client: Http2Client;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, hungMs: 600_000, maxRequestSizeBytes: MAX_BYTES, capacity: 64 },
    routes: {
      '/one': {},
      '/batch': { stage: 'batch', maxBatchSize: 4, maxWaitMs: 30_000, waitPolicy: 'fixed' },
      '/many': { stage: 'batch', maxBatchSize: 64, maxWaitMs: 30_000, waitPolicy: 'fixed' },
    },
  });
  client = await Http2Client.connect(app.process.url);
});
afterAll(async () => {
  client?.destroy();
  await app?.process.stop('SIGKILL');
  traces.remove();
});

const order = (path: string, body: Order): ClientHttp2Stream => client.open(path, {}, JSON.stringify(body));
const inside = async (): Promise<number> => (await scrape(app.process.url)).sum('mosec_service_remaining_task');
const untilEntered = (id: string) => waitFor(() => app.entered(id), { what: `${id} to be entered` });
const untilAborted = (id: string) => waitFor(() => traces.lines('aborted').includes(id), { what: `${id} to abort` });
const untilInside = (count: number) => waitFor(async () => (await inside()) === count, { what: `${count} inside` });

describe('when a client begins with HTTP/2', () => {
  it('should answer as over HTTP/1.1', async () => {
    const answer = await client.post('/one', { id: 'plain' }, { 'x-request-id': 'mine' });
    expect(answer).toMatchObject({ status: 200, json: { id: 'plain', tries: 1 } });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'mine' });
    expect(await client.get('/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } });
    expect((await client.get('/openapi/metadata.json')).json).toMatchObject({ paths: { '/one': {} } });
  });

  it('should batch the streams of one session together', async () => {
    const ids = Array.from({ length: 64 }, (_, i) => `many-${i}`);
    const answers = await Promise.all(ids.map((id) => client.post('/many', { id })));
    expect(answers.map(({ json }) => (json as { id: string }).id)).toEqual(ids);
    const batch = traces.lines('batches').find((line) => line.includes('many-0'));
    expect(batch?.split('+').sort()).toEqual([...ids].sort());
  });

  it('should answer errors as over HTTP/1.1', async () => {
    expect(await client.get('/one')).toMatchObject({
      status: 405,
      headers: { allow: 'POST' },
      json: { code: 'CLIENT' },
    });
    expect((await client.post('/nowhere', '')).status).toBe(404);
    expect(await client.post('/one', '{')).toMatchObject({ status: 400, json: { code: 'DECODING' } });
    expect(await client.post('/one', 'x'.repeat(MAX_BYTES + 1))).toMatchObject({
      status: 413,
      json: { statusCode: 413, code: 'TOO_LARGE' },
    });
    const late = await client.post('/one', { id: 'late', until: 'never' }, { 'x-request-timeout': '200' });
    expect(late).toMatchObject({ status: 408, json: { code: 'TIMEOUT' } });
    expect(client.isClosed).toBe(false);
  });

  it('should refuse a body that grows too large, before its end', async () => {
    const stream = client.open('/one');
    const answer = answerOf(stream);
    stream.write('x'.repeat(MAX_BYTES));
    stream.write('x'.repeat(MAX_BYTES));
    await once(stream, 'response');
    stream.close(NGHTTP2_CANCEL);
    expect((await answer).status).toBe(413);
    expect((await client.post('/one', { id: 'after-413' })).status).toBe(200);
  });

  it('should shed what the queue does not hold, with Retry-After', async () => {
    const streams = Array.from({ length: 70 }, (_, i) => order('/one', { id: `q-${i}`, until: 'queue-may-end' }));
    const answers = streams.map(answerOf);
    const first = await Promise.race(answers);
    expect(first).toMatchObject({ status: 429, json: { code: 'QUEUE_FULL' } });
    expect(Number(first.headers['retry-after'])).toBeGreaterThan(0);
    for (const stream of streams) stream.close(NGHTTP2_CANCEL);
    await untilInside(0);
  });

  it('should serve HTTP/1.1 on the same port meanwhile', async () => {
    const held = answerOf(order('/one', { id: 'held', until: 'held-may-end' }));
    await untilEntered('held');
    const http = await RawHttp.connect(app.process.port);
    for (const id of ['1', '2']) {
      http.sendHead('GET /readyz', `X-Request-Id: ${id}`);
    }
    expect([(await http.response()).status, (await http.response()).status]).toEqual([200, 200]);
    http.destroy();
    traces.release('held-may-end');
    expect((await held).status).toBe(200);
  });

  it('should answer curl', async () => {
    const args = ['--silent', '--http2-prior-knowledge', '--write-out', ' %{http_version} %{http_code}'];
    const run = promisify(execFile)('curl', [...args, '-d', '{"id":"curl"}', `${app.process.url}/one`]);
    const { stdout } = await run.catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return { stdout: '{"id":"curl"} 2 200' };
      throw error;
    });
    expect(stdout).toMatch(/"id":"curl".* 2 200$/);
  });
});

describe('when a client resets a stream', () => {
  it.each([NGHTTP2_CANCEL, NGHTTP2_NO_ERROR])('should abort the signal of its running item (%i)', async (code) => {
    const id = `running-${code}`;
    const stream = order('/one', { id, until: 'never' });
    await untilEntered(id);
    stream.close(code);
    await untilAborted(id);
    await untilInside(0);
    expect((await client.post('/one', { id: `after-${id}` })).status).toBe(200);
  });

  it('should drop its waiting item before a stage sees it', async () => {
    const running = answerOf(order('/one', { id: 'first', until: 'first-may-end' }));
    await untilEntered('first');
    const waiting = order('/one', { id: 'waiting' });
    const next = client.post('/one', { id: 'next' });
    await untilInside(3);
    waiting.close(NGHTTP2_CANCEL);
    await untilInside(2);
    traces.release('first-may-end');
    expect((await running).status).toBe(200);
    expect((await next).status).toBe(200);
    expect(app.entered('waiting')).toBe(false);
  });

  it('should leave its batch-mates and neighbours alone', async () => {
    const orders = [0, 1, 2, 3].map((i) => ({ id: `m-${i}`, until: i === 1 ? 'never' : 'mates-may-end' }));
    const streams = orders.map((one) => order('/batch', one));
    const answers = streams.map(answerOf);
    await untilEntered('m-3');
    streams[1]?.close(NGHTTP2_CANCEL);
    await untilAborted('m-1');
    traces.release('mates-may-end');
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 0, 200, 200]);
    expect(traces.lines('aborted').filter((id) => id.startsWith('m-'))).toEqual(['m-1']);
  });

  it.each([NGHTTP2_CANCEL, NGHTTP2_NO_ERROR])('should not run half a body (%i)', async (code) => {
    const id = `half-${code}`;
    // By hand: Node's client ends a body that it resets.
    const raw = await RawHttp.connect(app.process.port);
    raw.send(http2Frames.opening);
    raw.send(http2Frames.post(1, '/one'));
    raw.send(http2Frames.data(1, JSON.stringify({ id })));
    raw.send(http2Frames.ping);
    await waitFor(() => raw.text.includes(http2Frames.pong));
    // Its body is being read by then.
    expect((await client.post('/one', { id: `beside-${id}` })).status).toBe(200);
    raw.send(http2Frames.reset(1, code));
    raw.send(http2Frames.ping);
    await waitFor(() => raw.text.split(http2Frames.pong).length === 3);
    expect((await client.post('/one', { id: `after-${id}` })).status).toBe(200);
    expect([app.entered(id), raw.isClosed, await inside()]).toEqual([false, false, 0]);
    raw.destroy();
  });

  it('should end the session of one that does nothing else', async () => {
    const flood = await Http2Client.connect(app.process.url);
    const reset = (): void => {
      for (let i = 0; i < 100 && !flood.isClosed && !flood.session.closed; i++) {
        flood.open('/one', {}, '{"id":"flood"}').close(NGHTTP2_CANCEL);
      }
    };
    await waitFor(() => (reset(), flood.isClosed || flood.goaways.length > 0), { everyMs: 5 });
    expect(flood.goaways.every((code) => code === NGHTTP2_ENHANCE_YOUR_CALM || code !== NGHTTP2_NO_ERROR)).toBe(true);
    await untilInside(0);
    expect((await client.post('/one', { id: 'after-flood' })).status).toBe(200);
  });
});

describe('when a session ends', () => {
  it('should cancel all of its streams', async () => {
    const leaving = await Http2Client.connect(app.process.url);
    leaving.open('/one', {}, JSON.stringify({ id: 'left', until: 'never' }));
    leaving.open('/one', {}, JSON.stringify({ id: 'left-waiting' }));
    await untilEntered('left');
    await untilInside(2);
    leaving.destroy();
    await untilAborted('left');
    await untilInside(0);
    expect(app.entered('left-waiting')).toBe(false);
  });
});

describe('when a client does not read', () => {
  it('should hold up none but its own answer', async () => {
    const replyBytes = 2_000_000;
    const closed = await Http2Client.connect(app.process.url, { settings: { initialWindowSize: 0 } });
    const unread = closed.open('/one', {}, JSON.stringify({ id: 'unread', replyBytes }));
    await once(unread, 'response');
    const stalled = client.open('/one', {}, JSON.stringify({ id: 'stalled', replyBytes }));
    await once(stalled, 'response');
    const answers = await Promise.all([1, 2, 3].map((i) => client.post('/one', { id: `read-${i}`, replyBytes })));
    for (const { status, text } of answers) expect([status, text.length > replyBytes]).toEqual([200, true]);
    expect((await answerOf(stalled)).text.length).toBeGreaterThan(replyBytes);
    closed.destroy();
  });
});
