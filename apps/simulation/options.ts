import { parseArgs } from 'node:util';
import type { Plan } from './model/plan.js';
import { autoOr, choice, numberOf, stagesOf, wholeNumberOf } from './option-values.js';

export interface SimulationOptions extends Plan {
  readonly hosts: readonly number[];
  /** Share of the most that is taken as the usual load. */
  readonly load: number;
  readonly loseHosts: number;
  /** File for the result as JSON. */
  readonly json: string | undefined;
  readonly measure: boolean;
  readonly compare: boolean;
}

const MOST_PROCESSES = 10_000;
const MOST_REPLICAS = 1_000;
const LONGEST_MS = 600_000;
const LARGEST_KIB = 1_000_000;
const LARGEST_SEED = 2 ** 31;
const LEAST_LOAD = 0.01;
const LEAST_STALLED_MS = 100;

/**
 * @returns undefined when the usage was asked for
 * @throws Error naming the option that is wrong
 */
export function parseOptions(args: readonly string[]): SimulationOptions | undefined {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return undefined;
  const hosts = values.hosts.split(',').map((text) => wholeNumberOf('hosts', text, 1, MOST_PROCESSES));
  return {
    hosts,
    gateways: autoOr('gateways', values.gateways, 1, MOST_PROCESSES),
    shards: autoOr('shards', values.shards, 1, MOST_PROCESSES),
    shardBy: choice('shard-by', values['shard-by'], ['cell', 'stage']),
    stages: stagesOf(values.stages),
    replicas: wholeNumberOf('replicas', values.replicas, 1, MOST_REPLICAS),
    maxWaitMs: numberOf('wait-ms', values['wait-ms'], 0, LONGEST_MS),
    requestKib: numberOf('payload-kib', values['payload-kib'], 0, LARGEST_KIB),
    resultKib: numberOf('result-kib', values['result-kib'], 0, LARGEST_KIB),
    rttMs: numberOf('rtt-ms', values['rtt-ms'], 0, LONGEST_MS),
    stalledMs: numberOf('stalled-ms', values['stalled-ms'], LEAST_STALLED_MS, LONGEST_MS),
    load: numberOf('load', values.load, LEAST_LOAD, 1),
    loseHosts: wholeNumberOf('lose-hosts', values['lose-hosts'], 0, Math.max(0, Math.min(...hosts) - 1)),
    seed: wholeNumberOf('seed', values.seed, 0, LARGEST_SEED),
    json: values.json,
    measure: values.measure,
    compare: values.compare,
  };
}

const OPTIONS = {
  hosts: { type: 'string', default: '1,2,3,5,10,30,100,300,1000' },
  gateways: { type: 'string', default: 'auto' },
  shards: { type: 'string', default: '1' },
  'shard-by': { type: 'string', default: 'cell' },
  stages: { type: 'string', default: '20+0.5x32' },
  replicas: { type: 'string', default: '1' },
  'wait-ms': { type: 'string', default: '10' },
  'payload-kib': { type: 'string', default: '1' },
  'result-kib': { type: 'string', default: '1' },
  'rtt-ms': { type: 'string', default: '0.2' },
  'stalled-ms': { type: 'string', default: '3000' },
  load: { type: 'string', default: '0.7' },
  'lose-hosts': { type: 'string', default: '0' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  measure: { type: 'boolean', default: false },
  compare: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export const USAGE = `Usage: npm run simulate -- [options]
  --hosts <n,n>        worker hosts, a row for each (default 1,2,3,5,10,30,100,300,1000)
  --gateways <n>       gateways, or auto (default): so many that they are not the limit
  --shards <n>         Redis servers (default 1), or auto: so many that they are not the limit
  --shard-by <way>     cell (default): each Redis has gateways and hosts of its own; stage: stages take turns at them
  --stages <list>      <ms per batch>+<ms per item>x<largest batch>, separated by commas (default 20+0.5x32);
                       with @gateway behind it a stage runs beside the gateways
  --replicas <n>       of each stage on each host (default 1)
  --wait-ms <ms>       longest hold of a partial batch (default 10)
  --payload-kib <n>    of a request (default 1)
  --result-kib <n>     of the result of each stage (default 1)
  --rtt-ms <ms>        from a process to Redis and back (default 0.2)
  --stalled-ms <ms>    how long a host may be silent until others run what it had (default 3000)
  --load <share>       of the most that it can do, for the latencies (default 0.7)
  --lose-hosts <n>     shows what the loss of so many hosts at once costs, at that load
  --seed <n>           of all chance (default 1)
  --json <file>        writes the result there too
  --measure            measures the parameters on this machine instead, with a redis-server of its own
  --compare            measures one to three hosts on this machine instead, beside what is predicted for them
  --help               this text`;
