import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const FIRST_RETRY_MS = 50;
const US_PER_S = 1e6;

/** A `redis-server` of its own, without persistence, at a free port of this machine. */
export class LocalRedis {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly watcher: Redis,
  ) {}

  static async start(): Promise<LocalRedis> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'simulation-redis-'));
    const plain = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    const child = spawn('redis-server', ['--port', String(port), ...plain], { stdio: 'ignore' });
    // Whatever ends this program, the server ends too.
    process.once('exit', () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    const failed = once(child, 'error').then(() => {
      throw new Error('"redis-server" could not be started: install Redis 6.2 or newer.');
    });
    const watcher = new Redis(port, { retryStrategy: () => FIRST_RETRY_MS, maxRetriesPerRequest: null });
    watcher.on('error', () => undefined);
    try {
      await Promise.race([failed, watcher.ping()]);
    } catch (error) {
      watcher.disconnect();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    return new LocalRedis(port, child, folder, watcher);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  connect(): Redis {
    return new Redis(this.port, { maxRetriesPerRequest: null });
  }

  /** Processor time that the server has taken since its start, in microseconds. */
  async cpuUs(): Promise<number> {
    const text = await this.watcher.info('cpu');
    const seconds = (name: string): number => Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1]);
    return (seconds('used_cpu_user') + seconds('used_cpu_sys')) * US_PER_S;
  }

  async stop(): Promise<void> {
    this.watcher.disconnect();
    const ended = once(this.child, 'exit');
    if (this.child.kill('SIGKILL')) await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
