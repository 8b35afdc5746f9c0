import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/streams/order.js';
import type { AppProcess } from '../support/app-process.js';
import { EventStreamClient } from '../support/event-stream.js';
import { RedisServer } from '../support/redis-server.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const traces = new TraceFolder();
let redis: RedisServer;
let gateway: AppProcess;
let host: AppProcess;

const started: AppProcess[] = [];
const start = async (args: readonly string[]): Promise<AppProcess> => {
  const env = { ...traces.env, REMOTE_REDIS: redis.url };
  const app = await startReadyApp('streams', { args: ['--timeout', '30000', ...args], env });
  started.push(app);
  return app;
};
const stream = (order: Order, path = '/generate') => EventStreamClient.open(`${gateway.url}${path}`, order);

beforeAll(async () => {
  redis = await RedisServer.start();
  host = await start(['--role', 'worker']);
  gateway = await start([]);
});
afterAll(async () => {
  await Promise.all(started.map((app) => app.stop('SIGKILL')));
  await redis?.stop();
  traces.remove();
});

describe('when a stage on a worker host streams', () => {
  it('should send every event in its order, and the end', async () => {
    const texts = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(200)}`);
    const client = await stream({ id: 'many', texts });
    expect(await client.ended).toBe(true);
    expect(client.data).toEqual(texts);
  });

  it('should go on at the pace of its client, further than one window of events', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(50_000)}`);
    const client = await stream({ id: 'large', texts });
    expect(await client.ended).toBe(true);
    expect(client.data).toEqual(texts);
  });

  it('should go on past the time limit of its first event', async () => {
    const order = { id: 'long', count: 60, everyMs: 25 };
    const client = await EventStreamClient.open(`${gateway.url}/send`, order, { 'x-request-timeout': '1000' });
    expect(await client.ended).toBe(true);
    expect(client.data).toHaveLength(61);
  });

  it('should stream from stages that send events, and from batches', async () => {
    const client = await stream({ id: 'sent', texts: ['a', 'b'] }, '/send');
    expect(await client.ended).toBe(true);
    expect(client.data).toEqual(['a', 'b', '[DONE]']);
  });

  it('should end the work on the host when the client goes away', async () => {
    const client = await stream({ id: 'left', until: 'never' });
    await waitFor(() => client.data.length > 3, { what: 'events' });
    client.disconnect();
    await waitFor(() => traces.lines('returned').includes('left'), { what: 'the generator to be ended' });
  });

  it('should tell an error that comes in the middle', async () => {
    const client = await stream({ id: 'failing', texts: ['a'], fail: 'no more' });
    await client.ended;
    expect(client.events.at(-1)).toMatchObject({ event: 'error', data: expect.stringContaining('no more') as string });
  });

  it('should end a stream with an error when Redis is lost, of which events may be missing', async () => {
    const client = await stream({ id: 'cut', until: 'never' });
    await waitFor(() => client.data.length > 3, { what: 'events' });
    await redis.kill();
    await client.ended;
    expect(client.events.at(-1)).toMatchObject({ event: 'error' });
    await redis.start();
    await waitFor(() => traces.lines('returned').includes('cut'), { what: 'the generator to be ended' });
    await gateway.waitReady();
    const next = await stream({ id: 'after', texts: ['a'] });
    expect(await next.ended).toBe(true);
    expect(next.data).toEqual(['a']);
  });

  it('should not run a stream again whose host is lost, and tell its client', async () => {
    const client = await stream({ id: 'lost', until: 'never' });
    await waitFor(() => client.data.length > 3, { what: 'events' });
    host.kill('SIGKILL');
    await start(['--role', 'worker']);
    await client.ended;
    expect(client.events.at(-1)).toMatchObject({
      event: 'error',
      data: expect.stringContaining('the worker was lost') as string,
    });
    expect(traces.lines('entered').filter((id) => id === 'lost')).toHaveLength(1);
  });
});
