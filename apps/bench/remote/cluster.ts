import type { Children } from '../processes/children.js';
import { nameProfiles } from '../server/name-profiles.js';
import { startServer, type BenchServer, type RedisPlace } from '../server/start-server.js';

/** One gateway and its worker hosts. */
export interface Cluster {
  readonly gateway: BenchServer;
  readonly hosts: readonly BenchServer[];
  stop(): Promise<void>;
}

const PIPELINES = ['one', 'batch32', 'far-one', 'far-batch32'];
const STAGES = ['FarEcho', 'FarBatchEcho'];

export interface ClusterOptions {
  readonly redis: RedisPlace;
  readonly hosts: number;
  readonly sharedMemory: boolean;
  readonly profileFolder: string | undefined;
}

/** @returns when the gateway has heard of a host */
export async function startCluster(children: Children, { hosts: count, ...options }: ClusterOptions): Promise<Cluster> {
  const start = (hostedStages?: readonly string[]): Promise<BenchServer> =>
    startServer(children, { ...options, pipelines: PIPELINES, hostedStages });
  const hosts = await Promise.all(Array.from({ length: count }, () => start(STAGES)));
  const gateway = await start();
  const servers = [gateway, ...hosts];
  const stop = async (): Promise<void> => {
    // The gateway first: nothing is asked of hosts that go.
    for (const server of servers) await server.stop();
    if (options.profileFolder === undefined) return;
    for (const server of servers)
      await nameProfiles(options.profileFolder, server.pid, server === gateway ? 'remote' : 'host');
  };
  return { gateway, hosts, stop };
}
