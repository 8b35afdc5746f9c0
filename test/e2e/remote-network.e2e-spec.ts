import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { NetworkNamespaces } from '../support/network-namespaces.js';
import { RedisServer } from '../support/redis-server.js';
import { RemoteCluster } from '../support/remote-cluster.js';
import type { WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const missing = NetworkNamespaces.unavailable();
if (missing !== undefined) process.stderr.write(`remote-network: skipped, as ${missing}\n`);

describe.skipIf(missing !== undefined)('when hosts have a network of their own', () => {
  const traces = new TraceFolder();
  let networks: NetworkNamespaces;
  let redis: RedisServer;
  let cluster: RemoteCluster;
  let gateway: WorkApp;

  const entries = (id: string): number => traces.lines('entered').filter((line) => line === id).length;
  const entered = (id: string, times = 1) =>
    waitFor(() => entries(id) === times, { what: `stage to be entered ${times} times with ${id}` });
  /** Its port cannot be reached from here: its log says that it is ready. */
  const startHost = async (number: number): Promise<WorkApp> => {
    const host = await cluster.startHost({ wrapper: networks.add(number).wrapper });
    await host.process.waitForLog('1 of 1 replicas ready');
    await host.process.waitForLog('connected to Redis');
    return host;
  };

  beforeAll(async () => {
    networks = NetworkNamespaces.make(`m${process.pid % 10_000}`, `10.${200 + (process.pid % 50)}.7`);
    redis = await RedisServer.start({ address: networks.address });
    const remote = { redis: `redis://${networks.address}:${redis.port}` };
    cluster = new RemoteCluster(redis, traces, {
      options: { timeoutMs: 60_000, remote },
      routes: { '/work': { placement: 'remote' } },
    });
    gateway = await cluster.gateway();
  });

  afterAll(async () => {
    await cluster?.end();
    await redis?.stop();
    networks?.remove();
    traces.remove();
  });

  it('should run elsewhere what a host has that is cut off, and drop its late answer', async () => {
    const cutOff = await startHost(1);
    await gateway.process.waitReady();
    const answer = gateway.order('/work', { id: 'cut', until: 'heal' });
    await entered('cut');
    networks.connect(1, false);
    const other = await startHost(2);
    await entered('cut', 2);
    traces.release('heal');
    expect(await answer).toMatchObject({ status: 200, report: { id: 'cut', tries: 2 } });
    await cutOff.process.waitForLog('no connection to Redis');
    networks.connect(1, true);
    await waitFor(() => cutOff.process.lines.filter((line) => line.includes('connected to Redis')).length === 2);
    await cluster.waitClean();
    // It serves again, alone.
    expect(await other.process.stop()).toEqual({ code: 0, signal: null });
    expect(await gateway.order('/work', { id: 'healed' })).toMatchObject({ status: 200, report: { tries: 1 } });
    await cluster.waitClean();
    expect(await cutOff.process.stop()).toEqual({ code: 0, signal: null });
  });
});
