import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/work/order.js';
import { scrape } from '../support/metrics.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const traces = new TraceFolder();
let app: WorkApp;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, hungMs: 600_000 },
    routes: { '/one': {}, '/batch': { stage: 'batch', maxBatchSize: 4, maxWaitMs: 30_000, waitPolicy: 'fixed' } },
  });
});
afterAll(async () => {
  await app?.process.stop('SIGKILL');
  traces.remove();
});

/** Sends an order on a connection of its own. */
async function send(path: string, order: Order): Promise<RawHttp> {
  const http = await RawHttp.connect(app.process.port);
  const body = JSON.stringify(order);
  http.sendHead(`POST ${path}`, `Content-Length: ${body.length}`);
  http.send(body);
  return http;
}

async function inside(): Promise<number> {
  return (await scrape(app.process.url)).sum('mosec_service_remaining_task');
}

const untilEntered = (id: string) => waitFor(() => app.entered(id), { what: `${id} to be entered` });
const untilAborted = (id: string) => waitFor(() => traces.lines('aborted').includes(id), { what: `${id} to abort` });

describe('when a client disconnects', () => {
  it.each(['destroy', 'resetAndDestroy'] as const)('should abort the signal of its running item (%s)', async (how) => {
    const id = `running-${how}`;
    const client = await send('/one', { id, until: 'never' });
    await untilEntered(id);
    client.socket[how]();
    await untilAborted(id);
    await waitFor(async () => (await inside()) === 0, { what: 'the gauge to return to 0' });
    expect((await app.order('/one', { id: `after-${how}` })).status).toBe(200);
  });

  it('should drop its waiting item before a stage sees it', async () => {
    const running = send('/one', { id: 'first', until: 'first-may-end' });
    await untilEntered('first');
    const waiting = await send('/one', { id: 'waiting' });
    const next = app.order('/one', { id: 'next' });
    await waitFor(async () => (await inside()) === 3);
    waiting.destroy();
    await waitFor(async () => (await inside()) === 2);
    traces.release('first-may-end');
    expect((await (await running).response()).status).toBe(200);
    expect((await next).status).toBe(200);
    expect(app.entered('waiting')).toBe(false);
    expect(await inside()).toBe(0);
  });

  it('should leave its batch-mates alone: none delayed, failed or mixed up', async () => {
    const order = (id: string): Order => ({ id, until: id === 'm-1' ? 'never' : 'mates-may-end' });
    const mates = await Promise.all(['m-0', 'm-1', 'm-2', 'm-3'].map((id) => send('/batch', order(id))));
    await untilEntered('m-3');
    mates[1]?.destroy();
    await untilAborted('m-1');
    await waitFor(async () => (await inside()) === 3);
    traces.release('mates-may-end');
    for (const i of [0, 2, 3]) {
      const answer = await (mates[i] as RawHttp).response();
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { id: `m-${i}`, tries: 1 }]);
    }
    expect(traces.lines('aborted').filter((id) => id.startsWith('m-'))).toEqual(['m-1']);
    expect(await inside()).toBe(0);
  });

  it('should give its place in a batch that is not full yet to the next', async () => {
    const clients = await Promise.all(['p-0', 'p-1', 'p-2'].map((id) => send('/batch', { id })));
    await waitFor(async () => (await inside()) === 3);
    clients[0]?.destroy();
    await waitFor(async () => (await inside()) === 2);
    clients.push(await send('/batch', { id: 'p-3' }), await send('/batch', { id: 'p-4' }));
    for (const i of [1, 2, 3, 4]) expect((await (clients[i] as RawHttp).response()).status).toBe(200);
    const batch = traces.lines('batches').find((line) => line.includes('p-1'));
    expect(batch?.split('+').sort()).toEqual(['p-1', 'p-2', 'p-3', 'p-4']);
  });
});

describe('when a client leaves in the middle of its upload', () => {
  it.each(['Content-Length: 100', 'Transfer-Encoding: chunked'])('should not run it (%s)', async (framing) => {
    const id = framing.slice(0, 3);
    const client = await RawHttp.connect(app.process.port);
    client.sendHead('POST /one', framing);
    const body = JSON.stringify({ id });
    if (framing.startsWith('C')) client.send(body);
    else client.sendChunk(body);
    client.socket.resetAndDestroy();
    expect((await app.order('/one', { id: `after-${id}` })).status).toBe(200);
    expect(app.entered(id)).toBe(false);
    expect(await inside()).toBe(0);
  });

  it('should treat the end of its sending side as the end of it', async () => {
    const client = await RawHttp.connect(app.process.port);
    client.sendHead('POST /one', 'Content-Length: 100');
    client.send(JSON.stringify({ id: 'half' }));
    client.socket.end();
    await waitFor(() => client.isClosed);
    expect(app.entered('half')).toBe(false);
    expect(await inside()).toBe(0);
  });
});

describe('when a client closes only its sending side', () => {
  it('should get its answer', async () => {
    const client = await send('/one', { id: 'half-closed', until: 'half-closed-may-end' });
    await untilEntered('half-closed');
    client.socket.end();
    await waitFor(() => client.text.split('100 Continue').length === 3, { what: 'two interim responses' });
    expect(traces.lines('aborted')).not.toContain('half-closed');
    traces.release('half-closed-may-end');
    await waitFor(() => client.isClosed);
    expect(client.text).toMatch(/HTTP\/1\.1 200 OK\r\n(.*\r\n)*\r\n\{"id":"half-closed"/);
  });
});

describe('when many clients disconnect at once', () => {
  it('should forget them all and go on serving', async () => {
    const clients = await Promise.all(
      Array.from({ length: 200 }, (_, i) => send(i % 2 ? '/one' : '/batch', { id: `crowd-${i}`, until: 'never' })),
    );
    await waitFor(async () => (await inside()) === 200);
    for (const client of clients) client.destroy();
    await waitFor(async () => (await inside()) === 0);
    expect((await app.order('/one', { id: 'after-crowd' })).status).toBe(200);
    const entered = traces.lines('entered').filter((id) => id.startsWith('crowd-'));
    expect(entered.length).toBeLessThan(40);
  });
});
