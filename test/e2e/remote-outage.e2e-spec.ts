import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import type { WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const plan = {
  options: { timeoutMs: 40_000, killGraceMs: 300 },
  routes: { '/work': { placement: 'remote' } },
} as const;
const traces = new TraceFolder();
const entries = (id: string): number => traces.lines('entered').filter((line) => line === id).length;
const entered = (id: string) => waitFor(() => entries(id) > 0, { what: `stage to be entered with ${id}` });
const waitUnready = (app: WorkApp) =>
  waitFor(
    async () => {
      const { status, text } = await ask(`${app.process.url}/readyz`);
      return status === 503 && text.includes('no connection to Redis');
    },
    { what: 'no readiness without Redis' },
  );

afterAll(() => traces.remove());

/** One item runs on the host, one is ahead there, two wait in the queue; all end with `file`. */
async function occupy(gateway: WorkApp, cluster: RemoteCluster, file: string) {
  const ids = ['running', 'ahead', 'waiting-1', 'waiting-2'].map((name) => `${name}-${file}`);
  const answers = ids.map((id) => gateway.order('/work', { id, until: file }));
  await waitFor(() => ids.some((id) => entries(id) > 0), { what: `an item of ${file} to run` });
  await cluster.waitQueued(2);
  return { ids, answers: Promise.all(answers) };
}

describe('when Redis comes and goes', () => {
  let redis: RedisServer;
  let cluster: RemoteCluster;
  let gateway: WorkApp;
  let host: WorkApp;

  beforeAll(async () => {
    redis = await RedisServer.start();
    cluster = new RemoteCluster(redis, traces, plan);
    await redis.kill();
    // Neither ends because there is no Redis yet.
    [gateway, host] = await Promise.all([cluster.gateway(), cluster.startHost()]);
    await Promise.all([gateway.process.waitListening(), host.process.waitListening()]);
  });

  afterAll(async () => {
    await cluster?.end();
    await redis?.stop();
  });

  it('should be unready without it at the start, refuse requests, and serve when it is there', async () => {
    for (const app of [gateway, host]) await waitUnready(app);
    const refused = await gateway.order('/work', { id: 'early' });
    expect(refused).toMatchObject({ status: 503, json: { code: 'REMOTE_UNAVAILABLE' } });
    await redis.start();
    await Promise.all([gateway.process.waitReady(), host.process.waitReady()]);
    expect(await gateway.order('/work', { id: 'served' })).toMatchObject({ status: 200, report: { tries: 1 } });
    expect(entries('early')).toBe(0);
  });

  it('should answer all that is open when it is silent for a while', async () => {
    const { ids, answers } = await occupy(gateway, cluster, 'pause');
    redis.signal('SIGSTOP');
    await waitUnready(gateway);
    expect(await gateway.order('/work', { id: 'meanwhile' })).toMatchObject({
      status: 503,
      json: { code: 'REMOTE_UNAVAILABLE' },
    });
    traces.release('pause');
    redis.signal('SIGCONT');
    const all = await answers;
    expect(all.map(({ status, report }) => [status, report.id])).toEqual(ids.map((id) => [200, id]));
    await gateway.process.waitReady();
    expect(await gateway.order('/work', { id: 'after-pause' })).toMatchObject({ status: 200 });
    await cluster.waitClean();
  });

  it('should answer what it has not confirmed yet, once it goes on', async () => {
    redis.signal('SIGSTOP');
    const unsure = ['unsure-1', 'unsure-2'].map((id) => gateway.order('/work', { id }));
    await waitUnready(gateway);
    redis.signal('SIGCONT');
    for (const { status } of await Promise.all(unsure)) expect(status).toBe(200);
    await gateway.process.waitReady();
    await cluster.waitClean();
  });

  it('should run all again that it has lost when it is started anew', async () => {
    const { ids, answers } = await occupy(gateway, cluster, 'lost');
    await redis.kill();
    await waitUnready(gateway);
    traces.release('lost');
    await redis.start();
    const all = await answers;
    expect(all.map(({ status, report }) => [status, report.id])).toEqual(ids.map((id) => [200, id]));
    await gateway.process.waitReady();
    expect(await gateway.order('/work', { id: 'after-loss' })).toMatchObject({ status: 200 });
    await cluster.waitClean();
  });

  it('should end work on the host that nobody waits for since then', async () => {
    const client = new AbortController();
    const init = { method: 'POST', body: JSON.stringify({ id: 'nobody', until: 'never' }), signal: client.signal };
    const gone = ask(`${gateway.process.url}/work`, init).catch(() => 'gone');
    await entered('nobody');
    await redis.kill();
    await waitUnready(gateway);
    client.abort();
    expect(await gone).toBe('gone');
    await redis.start();
    // Long before its deadline, though the host cannot have heard of it.
    await waitFor(() => traces.lines('aborted').includes('nobody'), { what: 'its signal' });
    await gateway.process.waitReady();
    expect(await gateway.order('/work', { id: 'after-nobody' })).toMatchObject({ status: 200 });
    await cluster.waitClean();
    expect(await host.process.stop()).toEqual({ code: 0, signal: null });
    expect(await gateway.process.stop()).toEqual({ code: 0, signal: null });
  });
});

describe('when Redis is started anew with what it had', () => {
  it('should lose no accepted request, and run nothing twice that waited', async () => {
    const config = ['--appendonly', 'yes', '--appendfsync', 'always'];
    const redis = await RedisServer.start({ config });
    const cluster = new RemoteCluster(redis, traces, plan);
    const [gateway] = await Promise.all([cluster.gateway({}, true), cluster.host()]);
    const { ids, answers } = await occupy(gateway, cluster, 'kept');
    await redis.kill();
    await waitUnready(gateway);
    traces.release('kept');
    await redis.start();
    const all = await answers;
    expect(all.map(({ status, report }) => [status, report.id])).toEqual(ids.map((id) => [200, id]));
    expect(all.slice(2).map(({ report }) => report.tries)).toEqual([1, 1]);
    await cluster.waitClean();
    await cluster.end();
    await redis.stop();
  });
});

describe('when Redis does not let one in', () => {
  it('should say so, in gateways and hosts', async () => {
    const redis = await RedisServer.start({ password: 'right' });
    const address = `redis://:wrong@127.0.0.1:${redis.port}`;
    const options = { ...plan.options, remote: { redis: address } };
    const cluster = new RemoteCluster(redis, traces, { ...plan, options });
    const apps = await Promise.all([cluster.gateway(), cluster.startHost()]);
    for (const { process } of apps) {
      const line = await process.waitForLog('no connection to Redis');
      expect(line).toContain('WRONGPASS');
      expect(line).toContain(`127.0.0.1:${redis.port}`);
      expect(process.output).not.toContain('wrong@');
      expect(process.isRunning).toBe(true);
    }
    await apps[0].process.waitListening();
    expect(await apps[0].order('/work', { id: 'outside' })).toMatchObject({
      status: 503,
      json: { code: 'REMOTE_UNAVAILABLE' },
    });
    await cluster.end();
    await redis.stop();
  });

  it('should say what it does not permit', async () => {
    const redis = await RedisServer.start();
    await redis.client.acl('SETUSER', 'limited', 'on', '>secret', '~*', '+@all', 'resetchannels');
    const remote = { redis: `redis://limited:secret@127.0.0.1:${redis.port}` };
    const cluster = new RemoteCluster(redis, traces, { ...plan, options: { ...plan.options, remote } });
    const gateway = await cluster.gateway();
    expect(await gateway.process.waitForLog('no connection to Redis')).toContain('NOPERM');
    await cluster.end();
    await redis.stop();
  });
});
