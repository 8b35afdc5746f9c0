import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../server/main.js', import.meta.url));
const START_MS = 60_000;
const POLL_MS = 50;
const END_MS = 10_000;
/** Fixed for programs, whatever the kernel's own rate (proc(5), `USER_HZ`). */
const TICKS_PER_SECOND = 100;
/** Places after the name, of processor time in user and in kernel mode. */
const CPU_TIMES = [11, 12];
const US_PER_S = 1e6;

/** A gateway or a host of the package, as a process. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** @throws when it ends before it is ready, or takes too long */
  static async start(port: number, args: readonly string[], env: NodeJS.ProcessEnv): Promise<ServerProcess> {
    const flags = ['--address', '127.0.0.1', '--port', String(port), '--log-level', 'error', ...args];
    const child = fork(ENTRY, flags, { env: { ...process.env, ...env } });
    const server = new ServerProcess(child, port);
    const until = performance.now() + START_MS;
    while (!(await server.isReady())) {
      if (child.exitCode !== null) throw new Error(`A server ended with code ${child.exitCode} before it was ready.`);
      if (performance.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`A server was not ready after ${START_MS / 1_000} s.`);
      }
      await sleep(POLL_MS);
    }
    return server;
  }

  /** Processor time of the process itself, without its replicas, in microseconds. */
  get cpuUs(): number {
    const text = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (CPU_TIMES.reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND) * US_PER_S;
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(timer);
  }

  private async isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status === 200;
  }
}
