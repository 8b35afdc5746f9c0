import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import type { WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const LARGE_BYTES = 5_000_000;

describe('a stage on a worker host', () => {
  const traces = new TraceFolder();
  let redis: RedisServer;
  let cluster: RemoteCluster;
  let gateways: WorkApp[];
  let host: WorkApp;

  const gateway = (index = 0): WorkApp => gateways[index] as WorkApp;
  const readiness = async (): Promise<[number, string]> => {
    const { status, text } = await ask(`${gateway().process.url}/readyz`);
    return [status, text];
  };

  beforeAll(async () => {
    redis = await RedisServer.start();
    const routes = { '/batch': { stage: 'batch', placement: 'remote' } } as const;
    cluster = new RemoteCluster(redis, traces, { options: { timeoutMs: 30_000 }, routes });
    gateways = await Promise.all([cluster.gateway(), cluster.gateway()]);
    await gateway().process.waitListening();
  });

  afterAll(async () => {
    await cluster?.end();
    await redis?.stop();
    traces.remove();
  });

  it('should not be served until there is a host', async () => {
    await gateway().process.waitForLog('connected to Redis');
    await waitFor(async () => (await readiness())[1].includes('no host serves stage WorkBatch'));
    expect((await readiness())[0]).toBe(503);
    host = await cluster.host();
    await Promise.all(gateways.map(({ process }) => process.waitReady()));
  });

  it('should answer requests of the gateway with what the host computes', async () => {
    const answer = await gateway().order('/batch', { id: 'one' });
    expect(answer.status).toBe(200);
    expect(answer.report).toMatchObject({ id: 'one', tries: 1, workerId: 1 });
    expect(childPids(host.process.pid)).toContain(answer.report.pid);
    expect(childPids(gateway().process.pid)).toEqual([]);
  });

  it('should take items of two gateways in one batch', async () => {
    const plug = gateway().order('/batch', { id: 'plug', until: 'unplugged' });
    await waitFor(() => gateway().entered('plug'));
    const ids = ['a', 'b', 'c', 'd'];
    const answers = ids.map((id, index) => gateway(index % 2).order('/batch', { id }));
    // Before anything of them runs, the host has them all.
    await waitFor(async () => (await redis.keys()).filter((key) => key.endsWith(':lock')).length === 5);
    traces.release('unplugged');
    expect((await Promise.all([plug, ...answers])).map(({ report }) => report.id)).toEqual(['plug', ...ids]);
    expect(traces.lines('batches').map((line) => line.split('+').sort().join('+'))).toContain('a+b+c+d');
  });

  it('should fail a bad item alone', async () => {
    const plug = gateway().order('/batch', { id: 'plug-2', until: 'unplugged-2' });
    await waitFor(() => gateway().entered('plug-2'));
    const good = ['e', 'f', 'g'].map((id) => gateway(1).order('/batch', { id }));
    const bad = gateway().order('/batch', '{"id":');
    await waitFor(async () => (await redis.keys()).filter((key) => key.endsWith(':lock')).length === 5);
    traces.release('unplugged-2');
    expect(await bad).toMatchObject({ status: 400, json: { code: 'DECODING' } });
    for (const { status } of await Promise.all([plug, ...good])) expect(status).toBe(200);
  });

  it('should carry large bodies there and back', async () => {
    const order = { id: 'large', replyBytes: LARGE_BYTES, ballast: 'y'.repeat(LARGE_BYTES) };
    const answer = await gateway().order('/batch', order);
    expect(answer.status).toBe(200);
    expect(answer.report.filling).toHaveLength(LARGE_BYTES);
    await cluster.waitClean();
  });

  it('should outlive rubbish on its channels and in its queue', async () => {
    const channels = await redis.client.pubsub('CHANNELS', 'mosec:*');
    expect((channels as string[]).length).toBeGreaterThan(3);
    for (const channel of channels as string[]) {
      for (const text of ['', 'rubbish', 'null', '\x01null', '\x01[{}]', '\x02', '{"cancel":["x"]}']) {
        await redis.client.publish(channel, text);
      }
    }
    const wait = (await redis.keys()).find((key) => key.endsWith(':meta'))?.replace(/meta$/, 'wait') as string;
    await redis.client.hset(wait.replace(/wait$/, 'stray'), { name: 'stray', data: '{}', opts: '{}', timestamp: '1' });
    await redis.client.lpush(wait, 'stray');
    await redis.client.zadd(wait.replace(/wait$/, 'marker'), 0, '0');
    for (const one of gateways) expect((await one.order('/batch', { id: 'still' })).status).toBe(200);
    await waitFor(async () => (await cluster.itemKeys()).every((key) => key.endsWith(':out:stray')));
    expect(await redis.client.pttl('mosec:remote:out:stray')).toBeGreaterThan(0);
    await redis.client.unlink('mosec:remote:out:stray');
  });

  it('should serve nothing but health and metrics on the host', async () => {
    const answer = await host.order('/batch', { id: 'direct' });
    expect(answer).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    expect((await ask(`${host.process.url}/metrics`)).status).toBe(200);
    expect((await ask(`${host.process.url}/openapi/swagger`)).status).toBe(404);
    expect((await ask(`${gateway().process.url}/metrics`)).text).toContain('WorkBatch');
  });

  it('should not be served any more once the last host has left', async () => {
    expect(await host.process.stop()).toEqual({ code: 0, signal: null });
    await waitFor(async () => (await readiness())[0] === 503);
    expect((await readiness())[1]).toContain('no host serves stage WorkBatch');
    const waiting = gateway().order('/batch', { id: 'patient' });
    await cluster.host();
    expect(await waiting).toMatchObject({ status: 200, report: { id: 'patient' } });
  });
});

describe('a stage that runs in the gateway and on a host', () => {
  it('should run in the gateway first, and on the host when that has to wait', async () => {
    const traces = new TraceFolder();
    const redis = await RedisServer.start();
    const cluster = new RemoteCluster(redis, traces, { routes: { '/work': { placement: 'remote', spill: true } } });
    const [gateway, host] = await Promise.all([cluster.gateway({}, true), cluster.host()]);
    await gateway.process.waitForLog('replicas ready');
    const [here, there] = [gateway, host].map(({ process }) => childPids(process.pid));
    await waitFor(async () => (await ask(`${gateway.process.url}/metrics`)).text.match(/remote_hosts\S* 1/));
    expect(here).toContain((await gateway.order('/work', { id: 'alone' })).report.pid);
    const first = gateway.order('/work', { id: 'first', until: 'go' });
    await waitFor(() => gateway.entered('first'));
    const second = gateway.order('/work', { id: 'second', until: 'go' });
    const isHere = /_(in_flight\S* 2|queue_depth\S* 1)$/m;
    await waitFor(async () => isHere.test((await ask(`${gateway.process.url}/metrics`)).text));
    const third = await gateway.order('/work', { id: 'third' });
    expect(there).toContain(third.report.pid);
    traces.release('go');
    for (const { report } of await Promise.all([first, second])) expect(here).toContain(report.pid);
    await cluster.waitClean();
    await cluster.end();
    await redis.stop();
    traces.remove();
  });
});
