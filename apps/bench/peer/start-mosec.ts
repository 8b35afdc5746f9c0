import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { untilOk, type BenchServer } from '../server/start-server.js';
import type { Children } from '../processes/children.js';

/** As of the server that it is compared with. */
const TIMEOUT_MS = 60_000;
/** Of its log, to tell why it did not start. */
const LOG_CHARACTERS = 2_000;

/**
 * Starts mosec with one pipeline and waits until it is ready.
 * @param script the Python program `server.py`
 * @throws when it ends before it is ready
 */
export async function startMosec(
  children: Children,
  python: string,
  script: string,
  pipeline: string,
): Promise<BenchServer> {
  const port = await freePort();
  // Its sockets lie here; a path of a socket must be short.
  const path = await mkdtemp(join(tmpdir(), 'mosec-'));
  const flags = { address: '127.0.0.1', port, path, timeout: TIMEOUT_MS, 'log-level': 'warning' };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const env = { ...process.env, BENCH_PIPELINES: pipeline, PYTHONWARNINGS: 'ignore' };
  // The script ends when its standard input does.
  const child = children.add(spawn(python, [script, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] }));
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-LOG_CHARACTERS)));
  }
  try {
    await untilOk(`http://127.0.0.1:${port}/`, child);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw new Error(`mosec did not start: ${(error as Error).message}\n${log}`, { cause: error });
  }
  const stop = async (): Promise<void> => {
    await children.stop(child);
    await rm(path, { recursive: true, force: true });
  };
  return { port, pid: child.pid ?? 0, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
