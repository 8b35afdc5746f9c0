import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, LocalRedis } from '../measure/local-redis.js';
import type { Result } from '../model/result.js';
import { run } from '../model/run.js';
import type { Scenario, StageSpec } from '../model/scenario.js';
import { PARAMETERS } from '../parameters.js';
import { ClosedLoop, type Sample } from './closed-loop.js';
import { ServerProcess } from './server-process.js';

/** What was measured, and what was predicted for the same clients and hosts. */
export interface Comparison {
  readonly hosts: number;
  readonly clients: number;
  readonly measured: Measured;
  readonly predicted: Result;
}

/** Processor times in microseconds for an answer. */
export interface Measured extends Sample {
  readonly redisUs: number;
  readonly gatewayUs: number;
  /** Of all hosts together. */
  readonly hostUs: number;
}

/** A model that waits: replicas take no processor, so that many fit on one machine. */
const STAGE: StageSpec = { baseMs: 30, itemMs: 0.5, maxBatchSize: 16, isLocal: false };
const MOST_HOSTS = 3;
/** For each host: more than it can have at work at a time, and a few. */
const CLIENTS = [48, 4];
const BODY_BYTES = 1_024;
const RUN_IN_MS = 3_000;
const MEASURED_MS = 5_000;
const ROUNDS = 3;
/** Over loopback. */
const RTT_MS = 0.05;
/** A timer of Node fires in the millisecond after its time. */
const TIMER_MS = 0.6;

/** One to three hosts of the package on this machine, with a `redis-server` of their own. */
export async function compare(progress: (text: string) => void): Promise<Comparison[]> {
  const redis = await LocalRedis.start();
  const servers: ServerProcess[] = [];
  const env = {
    WAIT_REDIS: redis.url,
    WAIT_BASE_MS: String(STAGE.baseMs),
    WAIT_ITEM_MS: String(STAGE.itemMs),
    WAIT_BATCH: String(STAGE.maxBatchSize),
  };
  const start = async (...args: string[]): Promise<ServerProcess> => {
    const server = await ServerProcess.start(await freePort(), args, env);
    servers.push(server);
    return server;
  };
  try {
    const all: Comparison[] = [];
    const hosts: ServerProcess[] = [await start('--role', 'worker')];
    const gateway = await start();
    for (;;) {
      for (const each of CLIENTS) {
        const clients = each * hosts.length;
        progress(`${hosts.length} hosts, ${clients} clients`);
        const measured = await measure(redis, gateway, hosts, clients);
        all.push({ hosts: hosts.length, clients, measured, predicted: predict(hosts.length, clients) });
      }
      if (hosts.length === MOST_HOSTS) return all;
      hosts.push(await start('--role', 'worker'));
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await redis.stop();
  }
}

/** The round with the middle throughput. */
async function measure(
  redis: LocalRedis,
  gateway: ServerProcess,
  hosts: readonly ServerProcess[],
  clients: number,
): Promise<Measured> {
  const load = new ClosedLoop(gateway.port, Buffer.alloc(BODY_BYTES));
  load.start(clients);
  await sleep(RUN_IN_MS);
  const rounds: Measured[] = [];
  const cpuUs = async (): Promise<number[]> => [
    await redis.cpuUs(),
    gateway.cpuUs,
    hosts.reduce((sum, host) => sum + host.cpuUs, 0),
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await cpuUs();
    load.take(1);
    const startedAt = performance.now();
    await sleep(MEASURED_MS);
    const sample = load.take(performance.now() - startedAt);
    const [redisUs = 0, gatewayUs = 0, hostUs = 0] = (await cpuUs()).map(
      (us, index) => (us - (before[index] ?? 0)) / sample.answers,
    );
    rounds.push({ ...sample, redisUs, gatewayUs, hostUs });
  }
  load.stop();
  rounds.sort((one, other) => one.throughput - other.throughput);
  return rounds[rounds.length >> 1] as Measured;
}

function predict(hosts: number, clients: number): Result {
  const scenario: Scenario = {
    hosts,
    gateways: 1,
    shards: 1,
    shardBy: 'cell',
    stages: [{ ...STAGE, baseMs: STAGE.baseMs + TIMER_MS }],
    replicas: 1,
    maxWaitMs: 10,
    requestKib: BODY_BYTES / 1_024,
    resultKib: 0,
    rttMs: RTT_MS,
    stalledMs: 3_000,
    seed: 1,
    parameters: PARAMETERS,
  };
  return run(scenario, { clients }, { warmUp: 20 * clients, measured: 200 * clients });
}
