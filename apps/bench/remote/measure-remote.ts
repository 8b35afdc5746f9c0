import { resolve } from 'node:path';
import { LOADED_WARM_UP_SECONDS } from '../cells/schedule.js';
import { turnsOf } from '../measure/turns.js';
import type { BenchOptions, RemoteChoice } from '../options.js';
import type { Children } from '../processes/children.js';
import { measureBullMq, type BullMqFigures } from './bull-mq.js';
import { startCluster, type Cluster } from './cluster.js';
import type { RemoteSample } from './figures.js';
import { CALLERS, LOADS, runRemoteLoad, type LoadName, type Place } from './loads.js';
import { startRedis, type RedisUnderTest } from './redis.js';
import { summariseRemote, type RemoteSummary } from './summary.js';

type Samples = Readonly<Record<Place, RemoteSample[]>>;

/** In rounds with new servers each: a stage on worker hosts beside the same stage in the gateway, in turn. */
export async function measureRemote(
  children: Children,
  { redis: url, hosts }: RemoteChoice,
  options: BenchOptions,
  progress: (text: string) => void,
): Promise<RemoteSummary> {
  const { rounds, seconds, sharedMemory, profile } = options;
  const redis = await startRedis(children, url);
  const place = { url: redis.url, prefix: `bench-${process.pid}` };
  const bullMq: BullMqFigures[] = [];
  const none = (): Samples => ({ local: [], remote: [] });
  const loads: Readonly<Record<LoadName, Samples>> = { alone: none(), http: none(), inside: none() };
  for (let round = 1; round <= rounds; round++) {
    progress(`remote stage: ${hosts} host${hosts === 1 ? '' : 's'}, round ${round} of ${rounds}`);
    bullMq.push(await measureBullMq(place, CALLERS, seconds));
    const profileFolder = profile === undefined ? undefined : resolve(profile);
    const cluster = await startCluster(children, { redis: place, hosts, sharedMemory, profileFolder });
    for (const load of LOADS) await measureLoad(cluster, redis, load, round, loads[load], options);
    await cluster.stop();
  }
  await redis.stop(place.prefix);
  return summariseRemote(hosts, { bullMq, loads });
}

async function measureLoad(
  cluster: Cluster,
  redis: RedisUnderTest,
  load: LoadName,
  round: number,
  samples: Samples,
  { seconds, warmUpSeconds }: BenchOptions,
): Promise<void> {
  const places = turnsOf(round).map((turn): Place => (turn === 'ours' ? 'remote' : 'local'));
  const warmUp = Math.min(warmUpSeconds, LOADED_WARM_UP_SECONDS);
  if (warmUp > 0) for (const place of places) await runRemoteLoad(cluster, redis, load, place, warmUp);
  for (const place of places) samples[place].push(await runRemoteLoad(cluster, redis, load, place, seconds));
}
