import { runLoad } from '../load/run-load.js';
import type { InsideLoad, InsideSample } from '../server/inside-route.js';
import { countBatches, meanItems } from './batch-fill.js';
import type { Cluster } from './cluster.js';
import type { RemoteSample } from './figures.js';
import { watchProcessors } from './processors.js';
import type { RedisUnderTest } from './redis.js';

/** Where the stage of a pipeline runs. */
export const PLACES = ['local', 'remote'] as const;
export type Place = (typeof PLACES)[number];

/** `alone`: one connection, one item at a time. `http` and `inside`: batches, over HTTP or from within the gateway. */
export const LOADS = ['alone', 'http', 'inside'] as const;
export type LoadName = (typeof LOADS)[number];

/** Enough for eight batches. */
export const CALLERS = 256;
export const BODY_BYTES = 20;

interface Target {
  readonly pipeline: string;
  readonly stage: string;
}

const ALONE: Readonly<Record<Place, Target>> = {
  local: { pipeline: 'one', stage: 'Echo' },
  remote: { pipeline: 'far-one', stage: 'FarEcho' },
};
const BATCHES: Readonly<Record<Place, Target>> = {
  local: { pipeline: 'batch32', stage: 'BatchEcho' },
  remote: { pipeline: 'far-batch32', stage: 'FarBatchEcho' },
};

/** Puts one load on the stage in one place. */
export async function runRemoteLoad(
  cluster: Cluster,
  redis: RedisUnderTest,
  load: LoadName,
  place: Place,
  seconds: number,
): Promise<RemoteSample> {
  const { gateway, hosts } = cluster;
  const { pipeline, stage } = (load === 'alone' ? ALONE : BATCHES)[place];
  const ports = (place === 'local' ? [gateway] : hosts).map(({ port }) => port);
  const before = await countBatches(ports, stage);
  const used = await watchProcessors(cluster, redis);
  const run = load === 'inside' ? inside : overHttp;
  const figures = await run(gateway, pipeline, load === 'alone' ? 1 : CALLERS, seconds);
  const cores = await used();
  return { ...figures, cores, batchItems: meanItems(before, await countBatches(ports, stage)) };
}

type Gateway = Cluster['gateway'];

async function overHttp(
  gateway: Gateway,
  pipeline: string,
  connections: number,
  seconds: number,
): Promise<InsideSample> {
  const load = { connections, bodyBytes: BODY_BYTES };
  const { requestsPerSecond, p50Ms, p99Ms, errors } = await runLoad(
    { ...gateway, path: `/${pipeline}` },
    load,
    seconds,
  );
  return { itemsPerSecond: requestsPerSecond, p50Ms, p99Ms, errors: Object.fromEntries(errors) };
}

async function inside({ port }: Gateway, pipeline: string, callers: number, seconds: number): Promise<InsideSample> {
  const load: InsideLoad = { pipeline, callers, seconds, bodyBytes: BODY_BYTES };
  const response = await fetch(`http://127.0.0.1:${port}/inside`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(load),
  });
  if (!response.ok) throw new Error(`the gateway did not measure itself: ${await response.text()}`);
  return (await response.json()) as InsideSample;
}
