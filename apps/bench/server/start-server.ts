import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('./main.js', import.meta.url));
const POLL_MS = 50;

export interface BenchServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the server and waits until all stages are ready.
 * @param port 0 for any free one
 * @param onLine gets the lines that the server logs; they go to the terminal if it is left out
 * @throws when the server ends before it is ready
 */
export async function startServer(port: number, onLine?: (line: string) => void): Promise<BenchServer> {
  const child = fork(ENTRY, [], { env: { ...process.env, BENCH_PORT: String(port) }, silent: onLine !== undefined });
  for (const input of [child.stdout, child.stderr]) if (input && onLine) createInterface({ input }).on('line', onLine);
  const opened = await Promise.race([portOf(child), endOf(child)]);
  while (!(await isReady(opened))) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
    await sleep(POLL_MS);
  }
  return {
    port: opened,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return message.port;
}

async function endOf(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`the server ended with code ${code} before its port was open`);
}

async function isReady(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
}
