import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/streams/order.js';
import type { AppProcess } from '../support/app-process.js';
import { EventStreamClient } from '../support/event-stream.js';
import { scrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const traces = new TraceFolder();
let app: AppProcess;

beforeAll(async () => {
  app = await startReadyApp('streams', { args: ['--timeout', '30000'], env: traces.env });
});
afterAll(async () => {
  await app?.stop('SIGKILL');
  traces.remove();
});

const stream = (path: string, order: Order, headers?: Record<string, string>) =>
  EventStreamClient.open(`${app.url}${path}`, order, headers);
const readAll = (path: string, order: Order, headers?: Record<string, string>) =>
  EventStreamClient.readAll(`${app.url}${path}`, order, headers);
const open = async (): Promise<number> => (await scrape(app.url)).sum('mosec_service_stream_open');
const untilNoneIsOpen = () => waitFor(async () => (await open()) === 0, { what: 'no open stream' });

describe('when a stage streams', () => {
  it('should send what a generator yields, whatever line breaks it has', async () => {
    const texts = ['one', 'a\nb\r\nc\rd\n', '', ' : x', 'naïve 🦊', '\u2028'];
    const client = await readAll('/generate', { id: 'texts', texts });
    expect(client.data).toEqual(['one', 'a\nb\nc\nd\n', '', ' : x', 'naïve 🦊', '\u2028']);
    const { headers, status } = client.response;
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/event-stream',
      'no-cache',
    ]);
    expect([headers.get('x-accel-buffering'), headers.get('content-encoding')]).toEqual(['no', null]);
  });

  it('should send names, ids and times to reconnect, and know where a client had got to', async () => {
    const client = await readAll('/generate', { id: 'resumed' }, { 'last-event-id': 'n-0' });
    expect(client.events).toEqual([{ event: 'resumed', id: 'n-1', data: '{"after":"n-0"}' }]);
  });

  it('should be readable byte by byte', async () => {
    const http = await RawHttp.connect(app.port);
    const bytes: string[] = [];
    http.socket.removeAllListeners('data');
    http.socket.on('readable', () => {
      for (let byte: Buffer | null; (byte = http.socket.read(1) as Buffer | null);) bytes.push(byte.toString('latin1'));
    });
    const body = JSON.stringify({ id: 'bytes', texts: ['ä', 'b'] });
    http.sendHead('POST /send', `Content-Length: ${Buffer.byteLength(body)}`);
    http.send(body);
    await waitFor(() => bytes.slice(-5).join('') === '0\r\n\r\n');
    const text = Buffer.from(bytes.join(''), 'latin1').toString();
    const [, chunks = ''] = text.split('\r\n\r\n', 2);
    expect(text.slice(text.indexOf('\r\n\r\n') + 4).replace(/^[0-9a-f]+\r\n|\r\n/gm, '')).toBe(
      'data: ä\n\ndata: b\n\ndata: [DONE]\n\n',
    );
    expect(chunks).not.toBe('');
    http.destroy();
  });

  it('should serve the same as lines of JSON', async () => {
    const order = { id: 'lines', texts: ['a\nb'] };
    const answer = await post(`${app.url}/send`, order, { accept: 'application/x-ndjson' });
    expect([answer.headers.get('content-type'), answer.text]).toEqual([
      'application/x-ndjson',
      '{"data":"a\\nb"}\n{"data":"[DONE]"}\n',
    ]);
    const failed = await post(`${app.url}/send`, { ...order, fail: 'no' }, { accept: 'application/x-ndjson' });
    expect(failed.text.split('\n')[1]).toBe(
      '{"event":"error","data":"SSE inference error: 400: Bad Request: bad request: no"}',
    );
  });

  it('should answer at once where nothing is sent', async () => {
    const whole = await post(`${app.url}/send`, { id: 'whole', result: { v: 1 } });
    expect([whole.headers.get('content-type'), whole.json]).toEqual(['application/json', { v: 1 }]);
    expect((await readAll('/send', { id: 'empty' })).data).toEqual(['[DONE]']);
  });

  it('should not delay the first event for those behind it', async () => {
    const client = await stream('/send', { id: 'first', texts: ['first'], until: 'first-may-end' });
    await client.until(1);
    expect(client.data).toEqual(['first']);
    traces.release('first-may-end');
    expect(await client.ended).toBe(true);
  });

  it('should write together what is sent in one turn', async () => {
    const http = await RawHttp.connect(app.port);
    const body = JSON.stringify({ id: 'turn', texts: Array.from({ length: 100 }, (_, i) => `t${i}`) });
    http.sendHead('POST /send', `Content-Length: ${body.length}`);
    http.send(body);
    const { text } = await waitFor(() => http.text.includes('\r\n0\r\n\r\n') && http);
    expect(text.match(/data: t\d+/g)).toHaveLength(100);
    // One chunk of the body for each frame from the worker.
    expect(text.match(/\r\n[0-9a-f]+\r\ndata: /g)?.length).toBeLessThan(50);
    http.destroy();
  });

  it('should keep a silent stream open by comments', async () => {
    const client = await stream('/joined', { id: 'silent', texts: ['a'], until: 'never' });
    await waitFor(() => client.comments.length >= 3, { what: 'comments' });
    expect(client.data).toEqual(['a']);
    client.disconnect();
    await untilNoneIsOpen();
  });
});

describe('when a stage that streams fails', () => {
  it.each<[string, Partial<Order>, number, string]>([
    ['/send', {}, 422, 'request validation error: id is required'],
    ['/send', { id: 'fail', fail: 'no such model' }, 400, 'bad request: no such model'],
    ['/generate', { id: 'fail', fail: 'no such model' }, 400, 'bad request: no such model'],
  ])('should have its proper status before the first event: %s %o', async (path, order, status, message) => {
    const answer = await post(`${app.url}${path}`, order);
    expect([answer.status, answer.json]).toMatchObject([status, { message, statusCode: status }]);
  });

  it.each(['/send', '/generate'])("should end with mosec's error event after it: %s", async (path) => {
    const client = await readAll(path, { id: 'late', texts: ['a'], fail: 'out of words' });
    expect(client.events.map(({ event, data }) => [event, data])).toEqual([
      [undefined, 'a'],
      ['error', 'SSE inference error: 400: Bad Request: bad request: out of words'],
    ]);
    expect(await client.ended).toBe(true);
  });

  it('should be told apart in the metrics', async () => {
    const before = await scrape(app.url);
    await readAll('/send', { id: 'counted', texts: ['a', 'b'] });
    await readAll('/send', { id: 'counted', texts: ['a'], fail: 'x' });
    const after = await scrape(app.url);
    const more = (name: string, labels = {}): number =>
      after.sum(`mosec_service_${name}`, labels) - before.sum(`mosec_service_${name}`, labels);
    const pipeline = 'SendPipeline';
    expect(more('stream_events_total', { pipeline })).toBe(3);
    expect(more('stream_duration_second_count', { pipeline, outcome: 'completed' })).toBe(1);
    expect(more('stream_duration_second_count', { pipeline, outcome: 'error' })).toBe(1);
    expect(more('stream_first_event_second_count', { pipeline })).toBe(2);
    expect(more('throughput_total', { endpoint: '/send', code: '200' })).toBe(1);
    expect(more('throughput_total', { endpoint: '/send', code: '400' })).toBe(1);
  });
});

describe('when a stream takes too long', () => {
  it('should be 408 where the first event does not come', async () => {
    const answer = await post(`${app.url}/limited`, { id: 'no-first', until: 'never' });
    expect([answer.status, answer.json]).toMatchObject([408, { code: 'TIMEOUT' }]);
  });

  it.each<[string, Partial<Order>, string]>([
    ['falls silent', { texts: ['a'], until: 'never' }, 'the stream fell silent'],
    ['goes on and on', { count: 100_000, everyMs: 10 }, 'the stream took too long'],
  ])('should end with an error event where it %s', async (_what, part, message) => {
    const client = await readAll('/limited', { id: message.replaceAll(' ', '-'), ...part });
    expect(client.events.at(-1)).toMatchObject({
      event: 'error',
      data: `SSE inference error: 408: Request Timeout: ${message}`,
    });
    expect(await client.ended).toBe(true);
    await waitFor(() => traces.lines('aborted').includes(message.replaceAll(' ', '-')), { what: 'its signal' });
  });

  it('should go on past the timeout of its first event as long as it sends', async () => {
    const client = await readAll('/limited', { id: 'busy', count: 20, everyMs: 10 }, { 'x-request-timeout': '150' });
    expect(client.data).toHaveLength(20);
  });
});

describe('when streams share a batch', () => {
  it('should be one for each item, and fail alone', async () => {
    const orders = [
      { id: 'b0', texts: ['x', 'y'] },
      { id: 'b1', texts: ['z'], fail: 'no' },
      { id: 'b2', fail: 'no' },
      { id: 'b3', result: 7 },
    ];
    const [b0, b1, b2, b3] = await Promise.all(orders.map((order) => post(`${app.url}/batch`, order)));
    expect(b0?.text).toBe('data: x\n\ndata: y\n\n');
    expect(b1?.text).toBe('data: z\n\nevent: error\ndata: SSE inference error: 400: Bad Request: bad request: no\n\n');
    expect([b2?.status, b3?.status, b3?.json]).toEqual([400, 200, 7]);
  });

  it('should not be touched by a client that leaves', async () => {
    const order = (id: string): Order => ({ id, texts: ['a'], until: 'mates-may-end' });
    const clients = await Promise.all(['m0', 'm1', 'm2', 'm3'].map((id) => stream('/batch', order(id))));
    await Promise.all(clients.map((client) => client.until(1)));
    clients[1]?.disconnect();
    await waitFor(() => traces.lines('aborted').includes('m1'));
    traces.release('mates-may-end');
    for (const i of [0, 2, 3]) expect(await clients[i]?.ended).toBe(true);
    expect(traces.lines('aborted').filter((id) => id.startsWith('m'))).toEqual(['m1']);
  });
});

describe('when more streams come than a worker may run', () => {
  it('should let new ones join when others end, while the rest goes on', async () => {
    const order = (id: string): Order => ({ id, texts: ['a'], until: `${id}-may-end` });
    const clients = await Promise.all(['j0', 'j1'].map((id) => stream('/joined', order(id))));
    await Promise.all(clients.map((client) => client.until(1)));
    const third = stream('/joined', order('j2'));
    traces.release('j0-may-end');
    await clients[0]?.ended;
    const joined = await third;
    await joined.until(1);
    expect(traces.lines('entered').filter((id) => id.startsWith('j'))).toEqual(['j0', 'j1', 'j2']);
    for (const id of ['j1', 'j2']) traces.release(`${id}-may-end`);
    expect(await Promise.all([clients[1]?.ended, joined.ended])).toEqual([true, true]);
  });
});

describe('when a stream is read inside the application', () => {
  it('should give its events, and end the generator when the loop is left', async () => {
    const { text } = await ask(`${app.url}/calls/first?count=3&id=inside`);
    expect(JSON.parse(text)).toEqual([
      { event: 'resumed', id: 'n-1', retry: 9, data: { after: 'e-7' } },
      'inside 0',
      'inside 1',
    ]);
    await waitFor(() => traces.lines('returned').includes('inside'), { what: 'the generator to be ended' });
    await untilNoneIsOpen();
  });
});

describe('when the API is documented', () => {
  it('should have streams with their media types, and the schema of an event', async () => {
    const { json } = await ask(`${app.url}/openapi/metadata.json`);
    const document = json as { paths: Record<string, { post: { responses: Record<string, { content: object }> } }> };
    const { content } = document.paths['/send']!.post.responses['200']!;
    expect(Object.keys(content)).toEqual(['text/event-stream', 'application/x-ndjson']);
    expect(content).toMatchObject({ 'text/event-stream': { schema: { properties: { data: { type: 'string' } } } } });
  });
});
