import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import type { Children } from '../processes/children.js';

const RETRY_MS = 50;
/** Longest time until Redis answers. */
const START_MS = 10_000;

/** The Redis between gateway and hosts. */
export interface RedisUnderTest {
  readonly url: string;
  /** Processor seconds that it has used so far, by its own account. */
  cpuSeconds(): Promise<number>;
  /** Removes what begins with `prefix`, and ends the server if it was started here. */
  stop(prefix: string): Promise<void>;
}

/**
 * Starts one without persistence, unless `url` names one.
 * @throws Error that says what to install, or which Redis does not answer
 */
export async function startRedis(children: Children, url?: string): Promise<RedisUnderTest> {
  if (url !== undefined) return connect(url, () => Promise.resolve());
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = children.add(spawn('redis-server', options, { stdio: 'ignore' }));
  await once(child, 'spawn').catch((cause: unknown) => {
    const cure = 'install Redis, or name one with --redis redis://host:6379';
    throw new Error(`"redis-server" cannot be started: ${cure}.`, { cause });
  });
  return connect(`redis://127.0.0.1:${port}`, () => children.stop(child));
}

async function connect(url: string, end: () => Promise<void>): Promise<RedisUnderTest> {
  const redis = new Redis(url, { retryStrategy: () => RETRY_MS, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, START_MS, 'late')));
  const first = await Promise.race([redis.ping(), late]).finally(() => clearTimeout(timer));
  if (first === 'late') {
    redis.disconnect();
    throw new Error(`no Redis answers at "${new URL(url).host}": start it, or leave --redis out.`);
  }
  return {
    url,
    cpuSeconds: async () => cpuSecondsOf(await redis.info('cpu')),
    stop: async (prefix) => {
      await removeAll(redis, prefix);
      redis.disconnect();
      await end();
    },
  };
}

/** @param info section `cpu` of the answer to `INFO` */
export function cpuSecondsOf(info: string): number {
  const seconds = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
  return seconds('used_cpu_sys') + seconds('used_cpu_user');
}

async function removeAll(redis: Redis, prefix: string): Promise<void> {
  for await (const keys of redis.scanStream({ match: `${prefix}:*` }) as AsyncIterable<string[]>) {
    if (keys.length > 0) await redis.unlink(keys);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
