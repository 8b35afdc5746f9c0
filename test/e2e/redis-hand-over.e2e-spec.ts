import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seal } from '../fixtures/shared-memory/checksum.js';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { relay } from '../support/relay-load.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
afterAll(() => traces.remove());

const noKeys = (redis: RedisServer): Promise<unknown> =>
  waitFor(async () => (await redis.keys()).length === 0, { what: 'no key in Redis' });
const entered = (id: string): Promise<unknown> =>
  waitFor(() => traces.lines('entered').includes(id), { what: `"${id}" to be entered` });

describe('with Redis', () => {
  let redis: RedisServer;
  let app: AppProcess;
  const wish = (order: object, path = '/wish', headers = {}) => post(`${app.url}${path}`, order, headers);

  beforeAll(async () => {
    redis = await RedisServer.start();
    app = await startReadyApp('redis-hand-over', {
      env: {
        ...traces.env,
        HAND_OVER: JSON.stringify({ url: redis.url, prefix: 'hops', ttlMs: 45_000, timeoutMs: 10_000 }),
      },
    });
  });
  afterAll(async () => {
    await app?.stop();
    await redis?.stop();
  });

  it('should hand binary payloads of every size through three stages, and leave no key', async () => {
    for (const length of [16, 70_001, 9_000_000]) {
      const sent = seal(randomBytes(length));
      const response = await fetch(`${app.url}/relay`, { method: 'POST', body: sent });
      expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true);
    }
    await noKeys(redis);
    const metrics = await scrape(app.url);
    const labels = { redis: `127.0.0.1:${redis.port}` };
    expect(metrics.sum('mosec_service_redis_values_total', labels)).toBe(6);
    expect(metrics.sum('mosec_service_redis_value_bytes_total', labels)).toBeGreaterThan(18_000_000);
    expect(metrics.sum('mosec_service_redis_up', labels)).toBe(1);
  });

  it('should keep each value under the prefix, with an expiry, until the outcome of the next stage', async () => {
    const answer = wish({ second: { id: 'held', until: 'held-done' }, bytes: 50_000 });
    await entered('held');
    const [key = '', ...others] = await redis.keys();
    expect([key, others]).toEqual([expect.stringMatching(/^hops:[0-9a-f]{32}$/), []]);
    expect(await redis.client.strlen(key)).toBeGreaterThan(50_000);
    const left = await redis.client.pttl(key);
    expect(left > 0 && left <= 45_000).toBe(true);
    traces.release('held-done');
    expect((await answer).json).toMatchObject({ bytes: 50_000, tries: 1 });
    await noKeys(redis);
  });

  it('should read each value of a batch once and remove them together', async () => {
    const blocked = wish({ second: { id: 'blocker', until: 'batch-go' }, bytes: 1 });
    await entered('blocker');
    const rest = [1, 2, 3, 4].map((i) => wish({ second: { id: `mate-${i}` }, bytes: i }));
    await waitFor(async () => (await redis.keys()).length === 5, { what: 'four values to wait' });
    const before = await commandStats(redis);
    traces.release('batch-go');
    expect((await Promise.all(rest)).map(({ json }) => (json as { bytes: number }).bytes)).toEqual([1, 2, 3, 4]);
    await blocked;
    await noKeys(redis);
    const after = await commandStats(redis);
    expect(after.get - before.get).toBe(4);
    // The blocker's value and those of the batch: an unlink for each turn of the event loop, not for each value.
    expect(after.unlink - before.unlink).toBeLessThanOrEqual(2);
  });

  it('should leave no key after a failure, for its item alone', async () => {
    const [bad, good] = await Promise.all([
      wish({ second: { id: 'bad', fail: true }, bytes: 9 }),
      wish({ second: { id: 'good' }, bytes: 9 }),
    ]);
    expect([bad.status, good.status]).toEqual([500, 200]);
    await noKeys(redis);
  });

  it('should leave no key after a timeout in the second stage, nor after one in the first', async () => {
    const headers = { 'x-request-timeout': '300' };
    const second = await wish({ second: { id: 'late-second', until: 'never' }, bytes: 9 }, '/wish', headers);
    expect(second.status).toBe(408);
    const first = await wish({ first: { id: 'late', until: 'late', deaf: true }, bytes: 9 }, '/wish', headers);
    expect(first.status).toBe(408);
    // The first stage goes on, and hands over what nobody waits for any more.
    const before = await commandStats(redis);
    traces.release('late');
    await waitFor(async () => (await commandStats(redis)).set > before.set, { what: 'the late value to be stored' });
    await noKeys(redis);
  });

  it('should leave no key after clients have left', async () => {
    const leaving = new AbortController();
    const left = fetch(`${app.url}/wish`, {
      method: 'POST',
      body: JSON.stringify({ second: { id: 'left', until: 'never' }, bytes: 9 }),
      signal: leaving.signal,
    });
    await entered('left');
    expect(await redis.keys()).toHaveLength(1);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await noKeys(redis);
  });

  it('should run an item again when its worker is killed, with the same value, and leave no key', async () => {
    const { pid } = (await wish({ second: { id: 'pid' }, bytes: 1 })).json as { pid: number };
    const answer = wish({ second: { id: 'killed', until: 'killed-go' }, bytes: 70_000 });
    await entered('killed');
    process.kill(pid, 'SIGKILL');
    await waitFor(() => traces.lines('entered').filter((id) => id === 'killed').length === 2);
    traces.release('killed-go');
    expect((await answer).json).toMatchObject({ bytes: 70_000, tries: 2 });
    await noKeys(redis);
  });

  it('should leave no key when a worker dies and its item may not run again', async () => {
    const { json } = await wish({ second: { id: 'pid-once' }, bytes: 1 }, '/wish-once');
    const answer = wish({ second: { id: 'once', until: 'never' }, bytes: 9 }, '/wish-once');
    await entered('once');
    process.kill((json as { pid: number }).pid, 'SIGKILL');
    expect((await answer).json).toMatchObject({ code: 'WORKER_LOST' });
    await noKeys(redis);
  });

  it('should fail alone when its value is gone before it is read', async () => {
    const blocked = wish({ second: { id: 'gone-blocker', until: 'gone-go' }, bytes: 1 });
    await entered('gone-blocker');
    const known = await redis.keys();
    const lost = wish({ second: { id: 'lost' }, bytes: 5 });
    const [key = ''] = await waitFor(async () => {
      const fresh = (await redis.keys()).filter((name) => !known.includes(name));
      return fresh.length === 1 && fresh;
    });
    const mate = wish({ second: { id: 'lost-mate' }, bytes: 6 });
    await waitFor(async () => (await redis.keys()).length === 3);
    await redis.client.del(key);
    traces.release('gone-go');
    const { status, json } = await lost;
    expect([status, json]).toMatchObject([
      503,
      { code: 'HANDOVER_UNAVAILABLE', message: 'the hand-over between stages is unavailable' },
    ]);
    expect((await mate).json).toMatchObject({ bytes: 6 });
    expect((await blocked).status).toBe(200);
    expect(await app.waitForLog('failed with HANDOVER_UNAVAILABLE')).toContain('expired after ttlMs (45000)');
    await noKeys(redis);
  });

  it.each(['/to-inline', '/from-inline', '/last', '/called'])(
    'should not go through Redis where the value is in the server anyway, or is the answer: %s',
    async (path) => {
      const before = await commandStats(redis);
      const { status, text } = await wish({ bytes: 70_000 }, path, { 'content-type': 'application/json' });
      expect(status, text).toBe(200);
      if (path !== '/last') expect(JSON.parse(text)).toMatchObject({ bytes: 70_000 });
      expect(await commandStats(redis)).toMatchObject({ set: before.set, get: before.get });
    },
  );

  it('should leave no key and answer with the right bytes under load with clients that leave', async () => {
    const tally = await relay({ url: `${app.url}/relay`, requests: 300, connections: 12, abortShare: 0.1 });
    expect([tally.wrong, tally.refused.size]).toEqual([0, 0]);
    await noKeys(redis);
  });
});

async function commandStats(redis: RedisServer): Promise<{ get: number; set: number; unlink: number }> {
  const info = await redis.client.info('commandstats');
  const calls = (command: string): number => Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(info)?.[1] ?? 0);
  return { get: calls('get'), set: calls('set'), unlink: calls('unlink') };
}
