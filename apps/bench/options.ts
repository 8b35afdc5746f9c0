import { parseArgs } from 'node:util';
import { parseBodySize } from './cells/body-size.js';
import { PIPELINES, type Cell } from './cells/cell.js';
import { selectCells } from './cells/select-cells.js';
import type { Timing } from './cells/schedule.js';
import { choice, choices, numberOf, wholeNumberOf } from './option-values.js';

const PEERS = ['fastify', 'mosec'] as const;
export type PeerName = (typeof PEERS)[number];

/** What can be measured. `overload` looks at this package alone, `stream` with Fastify too. */
const SCOPES = [...PIPELINES, 'overload', 'stream'] as const;

export interface BenchOptions extends Timing {
  /** What this package is compared with. */
  readonly peer: PeerName;
  readonly cells: readonly Cell[];
  readonly overload: boolean;
  readonly stream: boolean;
  /** Stages on other hosts, in place of all the rest. */
  readonly remote: RemoteChoice | undefined;
  readonly sharedMemory: boolean;
  /** Folder for CPU profiles. */
  readonly profile: string | undefined;
  /** File for the result as JSON. */
  readonly json: string | undefined;
}

export interface RemoteChoice {
  /** URL of the Redis to be used; undefined: one is started. */
  readonly redis: string | undefined;
  readonly hosts: number;
}

const MOST_CONNECTIONS = 10_000;
const LARGEST_BODY = 1_000_000_000;
const MOST_ROUNDS = 1_000;
const LONGEST_SECONDS = 3_600;
const MOST_HOSTS = 3;

/**
 * @returns undefined when the usage was asked for
 * @throws Error naming the option that is wrong
 */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return undefined;
  const peer = choice('peer', values.peer, PEERS);
  const defaults = peer === 'mosec' ? { seconds: '2', 'warm-up': '10' } : { seconds: '1', 'warm-up': '1' };
  const given = { ...defaults, ...values };
  const remote = remoteChoice(values);
  if (remote && peer === 'mosec') throw new Error('"--remote" has no peer: leave --peer out.');
  const scopes = remote ? [] : values.scope === 'all' ? scopesOf(peer) : choices('scope', values.scope, scopesOf(peer));
  const bodies = values.bodies?.split(',').map((text) => wholeNumberOf('bodies', text, 1, LARGEST_BODY, parseBodySize));
  const connections = values.connections
    ?.split(',')
    .map((text) => wholeNumberOf('connections', text, 1, MOST_CONNECTIONS));
  return {
    peer,
    cells: selectCells(peer, { pipelines: PIPELINES.filter((name) => scopes.includes(name)), bodies, connections }),
    overload: scopes.includes('overload'),
    stream: scopes.includes('stream'),
    remote,
    rounds: wholeNumberOf('rounds', values.rounds, 1, MOST_ROUNDS),
    starts: wholeNumberOf('starts', values.starts, 1, MOST_ROUNDS),
    seconds: numberOf('seconds', given.seconds, 0.05, LONGEST_SECONDS),
    warmUpSeconds: numberOf('warm-up', given['warm-up'], 0, LONGEST_SECONDS),
    sharedMemory: choice('shared-memory', values['shared-memory'], ['on', 'off']) === 'on',
    profile: values.profile,
    json: values.json,
  };
}

const OPTIONS = {
  peer: { type: 'string', default: 'fastify' },
  scope: { type: 'string', default: 'all' },
  bodies: { type: 'string' },
  connections: { type: 'string' },
  rounds: { type: 'string', default: '3' },
  starts: { type: 'string', default: '5' },
  seconds: { type: 'string' },
  'warm-up': { type: 'string' },
  remote: { type: 'boolean', default: false },
  redis: { type: 'string' },
  hosts: { type: 'string' },
  'shared-memory': { type: 'string', default: 'on' },
  profile: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

interface RemoteValues {
  readonly remote: boolean;
  readonly redis?: string | undefined;
  readonly hosts?: string | undefined;
}

function remoteChoice({ remote, redis, hosts }: RemoteValues): RemoteChoice | undefined {
  if (redis !== undefined && !/^rediss?:\/\/./.test(redis)) {
    throw new Error(`"--redis ${redis}" must be a URL like redis://host:6379.`);
  }
  if (remote) return { redis, hosts: wholeNumberOf('hosts', hosts ?? '1', 1, MOST_HOSTS) };
  const stray = redis === undefined ? (hosts === undefined ? undefined : 'hosts') : 'redis';
  if (stray !== undefined) throw new Error(`"--${stray}" is an option of --remote: add it.`);
  return undefined;
}

function scopesOf(peer: PeerName): readonly (typeof SCOPES)[number][] {
  return peer === 'fastify' ? SCOPES : SCOPES.filter((scope) => scope !== 'overload');
}

export const USAGE = `Usage: npm run bench -- [options]
  --peer <name>         ${PEERS.join(' or ')}: what is compared (default fastify, a bare route in the same server);
                        mosec is installed into a cache folder at the first run: needs python3 and a package index
  --scope <names>       ${SCOPES.join(', ')}, separated by commas, or all (default); overload not with mosec
  --bodies <sizes>      for instance 20,10k,1m,10m (k = 1 000, m = 1 000 000 bytes)
  --connections <n,n>   for instance 1,16,64,256; with --bodies every combination is measured
                        (default of both: with mosec what has a target, with fastify 20,10k and 1,64)
  --rounds <n>          rounds, each with a new start of the servers; every figure is a median over them (default 3)
  --starts <n>          rounds with one connection (default 5)
  --seconds <s>         measured time per round and cell (default 1, with mosec 2)
  --warm-up <s>         load before the first measurement of a round (default 1, with mosec 10); with more than one
                        connection at most 5
  --remote              measures a stage on worker hosts beside the same stage in the gateway, and nothing else; starts a
                        redis-server of its own
  --redis <url>         with --remote: a Redis that runs already
  --hosts <n>           with --remote: worker hosts, 1 to ${MOST_HOSTS} (default 1)
  --shared-memory <s>   on or off, of this package (default on)
  --profile <folder>    writes CPU profiles of this package's processes there; they cost time
  --json <file>         writes the result there too
  --help                this text`;
