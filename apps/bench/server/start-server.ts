import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Children } from '../processes/children.js';

const ENTRY = fileURLToPath(new URL('./main.js', import.meta.url));
const POLL_MS = 20;
/** Longest time until a server is ready. */
const START_MS = 60_000;

/** A server that runs and is ready. */
export interface BenchServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Served under their names. @default all */
  readonly pipelines?: readonly string[];
  /** @default true */
  readonly sharedMemory?: boolean;
  /** Folder into which the server and its workers write a CPU profile when they end. @default none */
  readonly profileFolder?: string;
  /** Where the stages of other hosts are asked for. @default none */
  readonly redis?: RedisPlace | undefined;
  /** Runs these for gateways elsewhere, in place of serving pipelines itself. @default none */
  readonly hostedStages?: readonly string[] | undefined;
  /** Gets the lines that the server logs. @default they go to the terminal */
  readonly onLine?: (line: string) => void;
}

/** What gateways and hosts have in common. */
export interface RedisPlace {
  readonly url: string;
  readonly prefix: string;
}

/** @throws when the server ends before it is ready */
export async function startServer(children: Children, options: ServerOptions = {}): Promise<BenchServer> {
  const { onLine, profileFolder, hostedStages } = options;
  const args = hostedStages ? ['--role', 'worker', '--stages', hostedStages.join(',')] : [];
  const silent = onLine !== undefined;
  // Workers inherit them.
  const execArgv = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const env = { ...process.env, ...variables(options) };
  const child = children.add(fork(ENTRY, args, { env, execArgv: [...process.execArgv, ...execArgv], silent }));
  for (const input of [child.stdout, child.stderr]) if (input && onLine) createInterface({ input }).on('line', onLine);
  const port = await Promise.race([portOf(child), endOf(child)]);
  await untilOk(`http://127.0.0.1:${port}/readyz`, child);
  return { port, pid: child.pid ?? 0, stop: () => children.stop(child) };
}

/**
 * Resolves when an address answers with status 200.
 * @throws when the program behind it has ended, or takes too long
 */
export async function untilOk(url: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + START_MS;
  while (!(await isOk(url))) {
    if (child.exitCode !== null || child.signalCode !== null) throw ended(child.exitCode);
    if (performance.now() > until) throw new Error(`the server was not ready after ${START_MS / 1_000} s`);
    await sleep(POLL_MS);
  }
}

function variables({ pipelines, sharedMemory = true, redis }: ServerOptions): NodeJS.ProcessEnv {
  return {
    BENCH_PIPELINES: pipelines?.join(','),
    BENCH_SHARED_MEMORY: sharedMemory ? 'on' : 'off',
    BENCH_REDIS: redis?.url,
    BENCH_REDIS_PREFIX: redis?.prefix,
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return message.port;
}

async function endOf(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw ended(code);
}

function ended(code: number | null): Error {
  return new Error(`the server ended ${code === null ? 'by a signal' : `with code ${code}`} before it was ready`);
}

async function isOk(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
}
