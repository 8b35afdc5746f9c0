import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../support/post.js';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import type { WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';

describe('a stage on a worker host', () => {
  const traces = new TraceFolder();
  let redis: RedisServer;
  let cluster: RemoteCluster;
  let gateway: WorkApp;
  let host: WorkApp;

  beforeAll(async () => {
    redis = await RedisServer.start();
    cluster = new RemoteCluster(redis, traces, { routes: { '/work': { placement: 'remote' } } });
    host = await cluster.host();
    gateway = await cluster.gateway({}, true);
  }, 60_000);

  afterAll(async () => {
    await cluster.end();
    await redis.stop();
    traces.remove();
  });

  it('should answer requests of the gateway with what the host computes', async () => {
    const answer = await gateway.order('/work', { id: 'one' });
    expect(answer.status).toBe(200);
    expect(answer.report).toMatchObject({ id: 'one', tries: 1, workerId: 1 });
  });

  it('should serve nothing but health and metrics on the host', async () => {
    const answer = await host.order('/work', { id: 'direct' });
    expect(answer).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    expect((await ask(`${host.process.url}/metrics`)).status).toBe(200);
    expect((await ask(`${host.process.url}/openapi/swagger`)).status).toBe(404);
  });
});
