import type { BenchOptions } from '../options.js';
import { cacheFolder } from '../peer/cache-folder.js';
import { installMosec } from '../peer/install-mosec.js';
import { startMosec } from '../peer/start-mosec.js';
import type { Children } from '../processes/children.js';
import { nameProfiles } from '../server/name-profiles.js';
import { startServer, type BenchServer } from '../server/start-server.js';
import type { StartContenders } from './contenders.js';

/** Prepares what `--peer` names. @param root folder of the repository */
export async function contenderStarter(
  options: BenchOptions,
  children: Children,
  root: string,
  progress: (text: string) => void,
): Promise<StartContenders> {
  const start = (pipeline: string): Promise<BenchServer> => startOurs(options, children, pipeline);
  if (options.peer === 'fastify') return (pipeline) => withBareRoute(start, pipeline);
  const python = await installMosec(cacheFolder(process.env, root), children, progress);
  const script = `${root}/apps/bench/peer/server.py`;
  return async (pipeline) => {
    const [ours, peer] = await Promise.all([start(pipeline), startMosec(children, python, script, pipeline)]);
    const path = `/${pipeline}`;
    return {
      ours: { ...ours, path },
      peer: { ...peer, path },
      stop: async () => void (await Promise.all([ours.stop(), peer.stop()])),
    };
  };
}

/** Both in one server: what a route of a pipeline costs over one that only sends the body back. */
async function withBareRoute(start: (pipeline: string) => Promise<BenchServer>, pipeline: string) {
  const server = await start(pipeline);
  return {
    ours: { ...server, path: `/${pipeline}` },
    peer: { ...server, path: '/bare' },
    stop: () => server.stop(),
  };
}

async function startOurs(options: BenchOptions, children: Children, pipeline: string): Promise<BenchServer> {
  const { sharedMemory, profile } = options;
  const server = await startServer(children, { pipelines: [pipeline], sharedMemory, profileFolder: profile });
  if (profile === undefined) return server;
  const stop = async (): Promise<void> => {
    await server.stop();
    await nameProfiles(profile, server.pid, pipeline);
  };
  return { ...server, stop };
}
