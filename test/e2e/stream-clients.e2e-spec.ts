import { createServer, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/streams/order.js';
import type { AppProcess } from '../support/app-process.js';
import { EventStreamClient } from '../support/event-stream.js';
import { scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
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

const count = async (name: string, labels?: Record<string, string>): Promise<number> =>
  (await scrape(app.url)).sum(`mosec_service_${name}`, labels);
const sentBy = (id: string): number =>
  Math.max(
    0,
    ...traces
      .lines('sent')
      .filter((line) => line.startsWith(`${id} `))
      .map((line) => Number(line.split(' ')[1])),
  );

/** Asks for a stream on a connection of its own, and reads nothing of it until `resume`. */
async function unread(path: string, order: Order): Promise<RawHttp> {
  const http = await RawHttp.connect(app.port);
  http.socket.pause();
  const body = JSON.stringify(order);
  http.sendHead(`POST ${path}`, `Content-Length: ${body.length}`);
  http.send(body);
  return http;
}

describe('when a client reads slowly', () => {
  /** 100 MB: no buffer on the way takes that. */
  const flood = { count: 100_000, padTo: 1000 };

  it('should hold up its own generator alone', async () => {
    const slow = await unread('/send', { id: 'slow', ...flood });
    const settled = await waitFor(
      async () => {
        const before = sentBy('slow');
        if (before === 0) return undefined;
        const others = await Promise.all([
          EventStreamClient.readAll(`${app.url}/send`, { id: 'mate', count: 2000, padTo: 1000 }),
          post(`${app.url}/send`, { id: 'plain', result: 1 }),
        ]);
        expect([others[0].events.length, others[1].json]).toEqual([2001, 1]);
        return sentBy('slow') === before ? before : undefined;
      },
      { what: 'the generator to be held' },
    );
    expect(settled).toBeLessThan(50_000);
    slow.socket.resume();
    await waitFor(() => sentBy('slow') > settled, { what: 'the generator to go on' });
    slow.destroy();
    await waitFor(() => traces.lines('aborted').includes('slow'));
  });

  it('should be dropped when it does not read for too long', async () => {
    const slow = await unread('/slow-client', { id: 'stuck', ...flood });
    await waitFor(() => traces.lines('aborted').includes('stuck'), { what: 'its signal' });
    expect(await count('stream_duration_second_count', { outcome: 'slow_client' })).toBe(1);
    slow.socket.resume();
    await waitFor(() => slow.isClosed, { what: 'its connection to be closed' });
    expect(slow.text.endsWith('0\r\n\r\n')).toBe(false);
  });
});

describe('when many clients of streams disconnect', () => {
  it('should end every generator and free everything', async () => {
    const order = (i: number): Order => ({ id: `crowd-${i}`, texts: ['a'], until: 'never' });
    const clients: EventStreamClient[] = [];
    for (let i = 0; i < 500; i += 50) {
      const some = Array.from({ length: 50 }, (_, j) => EventStreamClient.open(`${app.url}/send`, order(i + j)));
      clients.push(...(await Promise.all(some)));
    }
    await Promise.all(clients.map((client) => client.until(1)));
    expect(await count('stream_open')).toBe(500);
    const cancelled = await count('stream_duration_second_count', { outcome: 'cancelled' });
    for (const client of clients) client.disconnect();
    await waitFor(async () => (await count('stream_open')) === 0, { what: 'no open stream', everyMs: 5 });
    expect(await count('stream_duration_second_count', { outcome: 'cancelled' })).toBe(cancelled + 500);
    const aborted = () => traces.lines('aborted').filter((id) => id.startsWith('crowd-')).length;
    await waitFor(() => aborted() === 500, { what: 'every signal' });
    expect(await count('remaining_task')).toBe(0);
    // Every place in the worker is free again.
    const next = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        EventStreamClient.readAll(`${app.url}/send`, { id: `next-${i}`, count: 3 }),
      ),
    );
    expect(next.every(({ events }) => events.length === 4)).toBe(true);
  });

  it('should notice one that only stops being there, although nothing is sent', async () => {
    const http = await unread('/send', { id: 'gone', texts: ['a'], until: 'never' });
    http.socket.resume();
    await waitFor(() => http.text.includes('data: a'));
    http.socket.end();
    http.socket.destroy();
    await waitFor(() => traces.lines('aborted').includes('gone'), { what: 'its signal' });
  });
});

describe('when a client of a stream closes only its sending side', () => {
  it('should read on to its end', async () => {
    const http = await unread('/send', { id: 'half', texts: ['a'], until: 'half-may-end' });
    http.socket.resume();
    await waitFor(() => http.text.includes('data: a'));
    http.socket.end();
    await waitFor(() => http.text.includes(':\n\n'), { what: 'a comment that asks whether it is there' });
    expect(traces.lines('aborted')).not.toContain('half');
    traces.release('half-may-end');
    await waitFor(() => http.text.includes('data: [DONE]'));
    await waitFor(() => http.isClosed);
  });
});

describe('when a worker dies in the middle of streams', () => {
  it('should send an error event at once to those that had begun, and run the others again', async () => {
    const begun = await EventStreamClient.open(`${app.url}/fragile`, { id: 'begun', texts: ['a'], until: 'never' });
    const waiting = post(`${app.url}/fragile`, { id: 'not-begun', startWhen: 'not-begun-may-start', texts: ['b'] });
    await waitFor(() => traces.lines('entered').includes('not-begun'));
    await EventStreamClient.readAll(`${app.url}/fragile`, { id: 'killer', texts: ['x'], die: true }).then((killer) =>
      expect(killer.data).toEqual(['x', 'SSE inference error: 503: Service Unavailable: the worker was lost']),
    );
    expect([await begun.ended, begun.data]).toEqual([
      true,
      ['a', 'SSE inference error: 503: Service Unavailable: the worker was lost'],
    ]);
    traces.release('not-begun-may-start');
    expect((await waiting).text).toBe('data: b\n\n');
    expect(traces.lines('entered').filter((id) => id === 'not-begun')).toHaveLength(2);
  });

  it('should fail the one that kills two workers before its first event', async () => {
    const answer = await post(`${app.url}/fragile`, { id: 'poison', dieFirst: 'always' });
    expect([answer.status, answer.json]).toMatchObject([500, { code: 'WORKER_CRASHED' }]);
    expect((await post(`${app.url}/fragile`, { id: 'once', dieFirst: 'once', texts: ['c'] })).text).toBe('data: c\n\n');
  });
});

describe('when a reverse proxy stands before the server', () => {
  it('should have its events passed on one by one, where the proxy honours the header', async () => {
    // Gathers answers as nginx does by default, unless told otherwise by x-accel-buffering.
    const proxy = createServer((incoming, outgoing) => {
      const target = httpRequest(`${app.url}${incoming.url}`, { method: 'POST' }, (answer) => {
        const { 'x-accel-buffering': buffering, ...headers } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, headers);
        if (buffering === 'no') return void answer.pipe(outgoing);
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => outgoing.end(Buffer.concat(chunks)));
      });
      incoming.pipe(target);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const client = await EventStreamClient.open(`${url}/send`, {
      id: 'proxied',
      texts: ['a'],
      until: 'proxied-may-end',
    });
    await client.until(1);
    traces.release('proxied-may-end');
    expect([await client.ended, client.data]).toEqual([true, ['a', '[DONE]']]);
    proxy.close();
  });
});

describe('when the server stops', () => {
  it('should let streams finish until the drain timeout, then end them with an error event', async () => {
    const finishing = await EventStreamClient.open(`${app.url}/send`, { id: 'f', texts: ['a'], until: 'f-may-end' });
    const endless = await EventStreamClient.open(`${app.url}/send`, { id: 'e', count: 1e9, everyMs: 20 });
    await Promise.all([finishing.until(1), endless.until(1)]);
    app.kill('SIGTERM');
    await waitFor(async () => (await fetch(`${app.url}/readyz`)).status === 503);
    traces.release('f-may-end');
    expect([await finishing.ended, finishing.data]).toEqual([true, ['a', '[DONE]']]);
    expect(await endless.ended).toBe(true);
    expect(endless.data.at(-1)).toBe('SSE inference error: 503: Service Unavailable: gracefully shutting down');
    expect(await app.exitCode).toBe(1);
  });
});
