import { US } from './redis.js';
import { serviceMs, type Scenario, type StageSpec } from './scenario.js';

const MS_PER_S = 1_000;
/** Bits of a KiB, per gigabit and second. */
const KIB_PER_GIGABIT = 1e9 / 8_192;
/** Calls of Redis for the items of one batch: two to store and add, to read, to store results, two to complete, to fetch. */
const CALLS = 7;

/** Most answers per second that each part could give if nothing else were in the way and all batches were full. */
export interface Bounds {
  readonly redis: number;
  readonly network: number;
  readonly gateway: number;
  readonly host: number;
  readonly replica: number;
}

export function boundsOf(scenario: Scenario): Bounds {
  const { stages, shards, shardBy, gateways, hosts, replicas, parameters } = scenario;
  const remote = stages.filter(({ isLocal }) => !isLocal);
  const servers = shardBy === 'cell' ? shards : remote.length / Math.ceil(remote.length / shards);
  const { handOverMs, gigabitsPerSecond } = parameters;
  const slowest = stages.map((stage) => {
    const { maxBatchSize, isLocal } = stage;
    const places = replicas * (isLocal ? gateways : hosts);
    return (places * maxBatchSize * MS_PER_S) / (handOverMs + serviceMs(stage, maxBatchSize));
  });
  return {
    redis: (servers * MS_PER_S) / (redisUs(scenario) * US),
    network: (servers * gigabitsPerSecond * KIB_PER_GIGABIT) / kibEachWay(scenario),
    gateway: (gateways * MS_PER_S) / (gatewayUs(scenario) * US),
    host: (hosts * MS_PER_S) / (hostUs(scenario) * US),
    replica: Math.min(...slowest),
  };
}

export function leastOf({ redis, network, gateway, host, replica }: Bounds): number {
  return Math.min(redis, network, gateway, host, replica);
}

/** Processor time of Redis for one request, in microseconds. */
export function redisUs({ stages, parameters, requestKib, resultKib }: Scenario): number {
  const { redis } = parameters;
  return remoteStages(stages).reduce((sum, { spec, index }) => {
    const shared = (CALLS * redis.callUs + redis.publishUs + redis.listenerUs) / spec.maxBatchSize;
    const kib = 2 * ((index === 0 ? requestKib : resultKib) + resultKib);
    const values = 2 * redis.setUs + redis.getUs + redis.unlinkUs + redis.getdelUs + kib * redis.kibUs;
    return sum + shared + redis.addUs + redis.finishUs + values;
  }, 0);
}

/** Of the process of a gateway, for one request. */
export function gatewayUs({ stages, parameters }: Scenario): number {
  const { requestUs, sendUs, resultUs, bellUs, turnUs } = parameters.gateway;
  return remoteStages(stages).reduce(
    (sum, { spec }) => sum + sendUs + resultUs + (bellUs + 2 * turnUs) / spec.maxBatchSize,
    requestUs,
  );
}

/** Of the process of a host, for one request. */
export function hostUs({ stages, parameters }: Scenario): number {
  const { takeUs, finishUs, turnUs } = parameters.host;
  return remoteStages(stages).reduce((sum, { spec }) => sum + takeUs + finishUs + (2 * turnUs) / spec.maxBatchSize, 0);
}

/** Of values that go into Redis, and out of it, for one request. */
function kibEachWay({ stages, requestKib, resultKib }: Scenario): number {
  return remoteStages(stages).reduce((sum, { index }) => sum + (index === 0 ? requestKib : resultKib) + resultKib, 0);
}

function remoteStages(stages: readonly StageSpec[]): { spec: StageSpec; index: number }[] {
  return stages.map((spec, index) => ({ spec, index })).filter(({ spec }) => !spec.isLocal);
}
