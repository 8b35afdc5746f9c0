import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import type { WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const plan = {
  options: { timeoutMs: 30_000, killGraceMs: 300 },
  routes: { '/work': { placement: 'remote' }, '/limited': { placement: 'remote', timeoutMs: 300 } },
} as const;

describe('a remote stage on one host', () => {
  const traces = new TraceFolder();
  let redis: RedisServer;
  let cluster: RemoteCluster;
  let gateway: WorkApp;
  let host: WorkApp;

  const entries = (id: string): number => traces.lines('entered').filter((line) => line === id).length;
  const entered = (id: string, times = 1) =>
    waitFor(() => entries(id) === times, { what: `stage to be entered ${times} times with ${id}` });
  const aborted = (id: string) => waitFor(() => traces.lines('aborted').includes(id), { what: `signal of ${id}` });

  beforeAll(async () => {
    redis = await RedisServer.start();
    cluster = new RemoteCluster(redis, traces, plan);
    [host, gateway] = await Promise.all([cluster.host(), cluster.gateway({}, true)]);
  });

  afterAll(async () => {
    await cluster?.end();
    await redis?.stop();
    traces.remove();
  });

  it('should tell the host of a deadline, and answer 408', async () => {
    const answer = await gateway.order('/work', { id: 'late', until: 'never' }, { 'X-Request-Timeout': '400' });
    expect(answer).toMatchObject({ status: 408, json: { code: 'TIMEOUT' } });
    await aborted('late');
    await cluster.waitClean();
  });

  it('should keep the time limit of the stage', async () => {
    const answer = await gateway.order('/limited', { id: 'slow', until: 'never' });
    expect(answer).toMatchObject({ status: 408, json: { code: 'TIMEOUT' } });
    await aborted('slow');
  });

  it('should stop work on the host whose client has left', async () => {
    const client = new AbortController();
    const body = JSON.stringify({ id: 'left', until: 'never' });
    const request = fetch(`${gateway.process.url}/work`, { method: 'POST', body, signal: client.signal });
    await entered('left');
    client.abort();
    await expect(request).rejects.toThrow();
    await aborted('left');
    await cluster.waitClean();
  });

  it('should run nothing that has expired or whose client has left while it waited', async () => {
    const first = gateway.order('/work', { id: 'first', until: 'first' });
    await entered('first');
    const header = { 'X-Request-Timeout': '700' };
    const expired = ['expired-1', 'expired-2', 'expired-3'].map((id) => gateway.order('/work', { id }, header));
    const client = new AbortController();
    const body = JSON.stringify({ id: 'gone' });
    const gone = fetch(`${gateway.process.url}/work`, { method: 'POST', body, signal: client.signal });
    // The host has one of the four ahead.
    await cluster.waitQueued(3);
    client.abort();
    await expect(gone).rejects.toThrow();
    for (const answer of await Promise.all(expired)) expect(answer.status).toBe(408);
    await cluster.waitQueued(0);
    traces.release('first');
    expect(await first).toMatchObject({ status: 200, report: { id: 'first', tries: 1 } });
    await gateway.order('/work', { id: 'next' });
    expect(['expired-1', 'expired-2', 'expired-3', 'gone'].map(entries)).toEqual([0, 0, 0, 0]);
    await cluster.waitClean();
  });

  it('should run an item again whose worker was killed, and one behind it once', async () => {
    const answer = gateway.order('/work', { id: 'again', until: 'again' });
    await entered('again');
    const behind = gateway.order('/work', { id: 'behind' });
    for (const pid of childPids(host.process.pid)) process.kill(pid, 'SIGKILL');
    await entered('again', 2);
    traces.release('again');
    expect(await answer).toMatchObject({ status: 200, report: { id: 'again', tries: 2 } });
    expect(await behind).toMatchObject({ status: 200, report: { id: 'behind', tries: 1 } });
  });

  it('should fail an item alone that takes its worker down twice', async () => {
    const poison = gateway.order('/work', { id: 'poison', until: 'never' });
    await entered('poison');
    const others = ['other-1', 'other-2', 'other-3'].map((id) => gateway.order('/work', { id }));
    for (const times of [1, 2]) {
      await entered('poison', times);
      for (const pid of childPids(host.process.pid)) process.kill(pid, 'SIGKILL');
    }
    expect(await poison).toMatchObject({ status: 500, json: { code: 'WORKER_CRASHED' } });
    for (const other of await Promise.all(others)) expect(other).toMatchObject({ status: 200, report: { tries: 1 } });
    expect(entries('poison')).toBe(2);
    await cluster.waitClean();
  });

  it('should leave nothing in Redis for ever when a gateway is killed', async () => {
    const doomed = await cluster.gateway({}, true);
    const running = doomed.order('/work', { id: 'running', until: 'release' });
    await entered('running');
    const waiting = ['ahead', 'waiting-1', 'waiting-2'].map((id) => doomed.order('/work', { id, until: 'release' }));
    const answers = Promise.allSettled([running, ...waiting]);
    await cluster.waitQueued(2);
    await doomed.process.stop('SIGKILL');
    expect((await answers).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    traces.release('release');
    await entered('waiting-2');
    await gateway.order('/work', { id: 'after' });
    // What is left are outcomes that nobody takes any more.
    const left = await waitFor(async () => {
      const keys = await cluster.itemKeys();
      return keys.every((key) => key.includes(':remote:out:')) && keys;
    });
    expect(left).toHaveLength(4);
    for (const key of left) {
      const lifeMs = await redis.client.pttl(key);
      expect(lifeMs).toBeGreaterThan(0);
      expect(lifeMs).toBeLessThanOrEqual(45_000);
    }
    await redis.client.unlink(left);
  });

  it('should answer what is open when a gateway is told to stop', async () => {
    const leaving = await cluster.gateway({}, true);
    const open = leaving.order('/work', { id: 'open', until: 'open' });
    await entered('open');
    leaving.process.kill('SIGTERM');
    await waitFor(async () => (await ask(`${leaving.process.url}/readyz`)).status === 503);
    traces.release('open');
    expect(await open).toMatchObject({ status: 200, report: { id: 'open', tries: 1 } });
    expect(await leaving.process.exitCode).toBe(0);
    await cluster.waitClean();
  });

  it('should withdraw what a gateway can wait for no longer when it stops', async () => {
    const leaving = await cluster.gateway({ args: ['--drain-timeout', '300'] }, true);
    const running = leaving.order('/work', { id: 'abandoned', until: 'never' });
    await entered('abandoned');
    const waiting = ['abandoned-1', 'abandoned-2'].map((id) => leaving.order('/work', { id }));
    await cluster.waitQueued(1);
    await leaving.process.stop();
    for (const answer of await Promise.all([running, ...waiting])) {
      expect(answer).toMatchObject({ status: 503, json: { code: 'DRAINING' } });
    }
    await aborted('abandoned');
    await cluster.waitClean();
    expect(entries('abandoned-1') + entries('abandoned-2')).toBe(0);
  });
});
