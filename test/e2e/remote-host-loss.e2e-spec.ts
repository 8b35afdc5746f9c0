import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import type { WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('when a host is lost that runs an item and has the next one', () => {
  const traces = new TraceFolder();
  let redis: RedisServer;
  let cluster: RemoteCluster;
  let gateway: WorkApp;
  let hosts: WorkApp[] = [];

  const entries = (id: string): number => traces.lines('entered').filter((line) => line === id).length;
  const entered = (id: string, times = 1) =>
    waitFor(() => entries(id) === times, { what: `stage to be entered ${times} times with ${id}` });
  const start = async (): Promise<WorkApp> => {
    const host = await cluster.host();
    hosts.push(host);
    return host;
  };
  /** One item runs on the host, it has taken the next one, and the third waits in the queue. All end with `file`. */
  const occupy = async (file: string) => {
    const ids = ['running', 'ahead', 'waiting'].map((name) => `${name}-${file}`);
    const answers = [];
    for (const [index, id] of ids.entries()) {
      answers.push(gateway.order('/work', { id, until: file }));
      if (index === 0) await entered(id);
    }
    await cluster.waitQueued(1);
    return { ids, answers: Promise.all(answers) };
  };

  beforeAll(async () => {
    redis = await RedisServer.start();
    const options = { timeoutMs: 40_000, killGraceMs: 300 };
    cluster = new RemoteCluster(redis, traces, { options, routes: { '/work': { placement: 'remote' } } });
    gateway = await cluster.gateway();
  });

  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.process.stop('SIGKILL')));
    hosts = [];
  });

  afterAll(async () => {
    await cluster?.end();
    await redis?.stop();
    traces.remove();
  });

  it('should run all elsewhere when it is killed, what ran there once more', async () => {
    const doomed = await start();
    const { ids, answers } = await occupy('killed');
    const other = await start();
    await entered(ids[2] as string);
    doomed.process.kill('SIGKILL');
    traces.release('killed');
    const tries = (await answers).map(({ status, report }) => [status, report.id, report.tries]);
    expect(tries).toEqual([
      [200, ids[0], 2],
      [200, ids[1], 1],
      [200, ids[2], 1],
    ]);
    expect(other.process.isRunning).toBe(true);
    await cluster.waitClean();
  });

  it('should fail an item whose hosts are killed twice, and no other', async () => {
    const first = await start();
    const poison = gateway.order('/work', { id: 'poison', until: 'never' });
    await entered('poison');
    first.process.kill('SIGKILL');
    const second = await start();
    await entered('poison', 2);
    second.process.kill('SIGKILL');
    await start();
    const innocent = gateway.order('/work', { id: 'innocent' });
    expect(await poison).toMatchObject({ status: 500, json: { code: 'WORKER_CRASHED' } });
    expect(await innocent).toMatchObject({ status: 200, report: { tries: 1 } });
    expect(entries('poison')).toBe(2);
    await cluster.waitClean();
  });

  it('should answer once when it was only stopped, and use it again when it goes on', async () => {
    const frozen = await start();
    const answer = gateway.order('/work', { id: 'frozen', until: 'thaw' });
    await entered('frozen');
    frozen.process.kill('SIGSTOP');
    const other = await start();
    await entered('frozen', 2);
    traces.release('thaw');
    expect(await answer).toMatchObject({ status: 200, report: { id: 'frozen', tries: 2 } });
    await other.process.stop('SIGKILL');
    frozen.process.kill('SIGCONT');
    expect(await gateway.order('/work', { id: 'thawed' })).toMatchObject({ status: 200, report: { tries: 1 } });
    await cluster.waitClean();
  });

  it('should join what runs already when the only host was stopped', async () => {
    const frozen = await start();
    const answer = gateway.order('/work', { id: 'alone', until: 'alone' });
    await entered('alone');
    const locked = async (): Promise<boolean> => (await cluster.itemKeys()).some((key) => key.endsWith(':lock'));
    frozen.process.kill('SIGSTOP');
    await waitFor(async () => !(await locked()), { what: 'its lock to expire' });
    frozen.process.kill('SIGCONT');
    await waitFor(locked, { what: 'the job to be taken again' });
    traces.release('alone');
    expect(await answer).toMatchObject({ status: 200, report: { tries: 1 } });
    expect(await gateway.order('/work', { id: 'alone-after' })).toMatchObject({ status: 200 });
    await cluster.waitClean();
    // Nothing hangs that would have to be waited for.
    expect(await frozen.process.stop()).toEqual({ code: 0, signal: null });
  });

  it('should hand back at once what has not run when it is told to stop, and end what runs', async () => {
    const leaving = await start();
    const { ids, answers } = await occupy('leaving');
    const ahead = gateway.order('/work', { id: 'quick' });
    await cluster.waitQueued(2);
    leaving.process.kill('SIGTERM');
    await cluster.waitQueued(3);
    await start();
    await entered(ids[1] as string);
    expect(entries(ids[0] as string)).toBe(1);
    traces.release('leaving');
    for (const { status, report } of await answers) {
      expect(status).toBe(200);
      expect(report.tries).toBe(1);
    }
    expect((await ahead).status).toBe(200);
    expect(await leaving.process.exited).toEqual({ code: 0, signal: null });
    await cluster.waitClean();
  });

  it('should hand back what runs when the time to stop is over', async () => {
    const leaving = await cluster.host({ args: ['--drain-timeout', '300'] });
    const answer = gateway.order('/work', { id: 'over', until: 'over' });
    await entered('over');
    await leaving.process.stop();
    await start();
    await entered('over', 2);
    traces.release('over');
    expect(await answer).toMatchObject({ status: 200, report: { tries: 2 } });
    await cluster.waitClean();
  });
});

describe('when a host is lost that runs an item with retryOnCrash: false', () => {
  it('should answer 503 and run it no more', async () => {
    const traces = new TraceFolder();
    const redis = await RedisServer.start();
    const routes = { '/work': { placement: 'remote', retryOnCrash: false } } as const;
    const cluster = new RemoteCluster(redis, traces, { options: { timeoutMs: 40_000 }, routes });
    const [gateway, doomed] = await Promise.all([cluster.gateway(), cluster.host()]);
    await gateway.process.waitReady();
    const answer = gateway.order('/work', { id: 'once', until: 'never' });
    await waitFor(() => gateway.entered('once'));
    doomed.process.kill('SIGKILL');
    await cluster.host();
    expect(await answer).toMatchObject({ status: 503, json: { code: 'WORKER_LOST' } });
    expect(await gateway.order('/work', { id: 'next' })).toMatchObject({ status: 200 });
    expect(traces.lines('entered')).toEqual(['once', 'next']);
    await cluster.waitClean();
    await cluster.end();
    await redis.stop();
    traces.remove();
  });
});
