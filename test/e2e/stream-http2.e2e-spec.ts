import { once } from 'node:events';
import { constants } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/streams/order.js';
import type { AppProcess } from '../support/app-process.js';
import { answerOf, Http2Client } from '../support/http2-client.js';
import { scrape } from '../support/metrics.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const traces = new TraceFolder();
let app: AppProcess;
let client: Http2Client;

beforeAll(async () => {
  app = await startReadyApp('streams', { args: ['--timeout', '30000', '--compression'], env: traces.env });
  client = await Http2Client.connect(app.url);
});
afterAll(async () => {
  client?.destroy();
  await app?.stop('SIGKILL');
  traces.remove();
});

const open = (path: string, order: Order, headers?: Record<string, string>) =>
  client.open(path, headers, JSON.stringify(order));
const openStreams = async (): Promise<number> => (await scrape(app.url)).sum('mosec_service_stream_open');

describe('when a stage streams over HTTP/2', () => {
  it('should send each event as it comes, with headers that HTTP/2 allows, and never compressed', async () => {
    const stream = open('/send', { id: 'live', texts: ['one'], until: 'live-may-end' }, { 'accept-encoding': 'gzip' });
    const [headers] = (await once(stream, 'response')) as [Record<string, string>];
    expect(headers).toMatchObject({ ':status': 200, 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('connection');
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await waitFor(() => text.includes('data: one\n\n'));
    traces.release('live-may-end');
    await once(stream, 'close');
    expect(text).toBe('data: one\n\ndata: [DONE]\n\n');
  });

  it('should answer an early failure with its status, and tell a late one as an event', async () => {
    const early = await answerOf(open('/send', { id: 'early', fail: 'not yours' }));
    expect(early).toMatchObject({ status: 400, json: { code: 'CLIENT', message: 'bad request: not yours' } });
    const late = await answerOf(open('/send', { id: 'late', texts: ['one'], fail: 'no more' }));
    expect(late.status).toBe(200);
    expect(late.text).toMatch(/^data: one\n\nevent: error\ndata: SSE inference error: 400: .*no more\n\n$/);
  });

  it('should end the generator of a stream that is reset, and of that alone', async () => {
    const [gone, stays] = ['gone', 'stays'].map((id) => open('/generate', { id, until: 'stays-may-end' }));
    await Promise.all([once(gone!, 'data'), once(stays!, 'data')]);
    gone!.close(constants.NGHTTP2_CANCEL);
    await waitFor(() => traces.lines('returned').includes('gone'));
    expect(await openStreams()).toBe(1);
    traces.release('stays-may-end');
    stays!.resume();
    await once(stays!, 'close');
    expect(traces.lines('returned')).not.toContain('stays');
    await waitFor(async () => (await openStreams()) === 0);
  });

  it('should slow down the stage of a client that gives no window, and no neighbour', async () => {
    const unread = open('/send', { id: 'unread', count: 20_000, padTo: 1_000 });
    await once(unread, 'response');
    unread.pause();
    const neighbour = await answerOf(open('/generate', { id: 'neighbour', texts: ['here'] }));
    expect(neighbour.text).toBe('data: here\n\n');
    const sent = (): number => traces.lines('sent').filter((line) => line.startsWith('unread ')).length * 100;
    expect(sent()).toBeLessThan(20_000);
    let bytes = 0;
    unread.on('data', (chunk: Buffer) => (bytes += chunk.length));
    unread.resume();
    await once(unread, 'close');
    expect(bytes).toBeGreaterThan(20_000_000);
  });
});
