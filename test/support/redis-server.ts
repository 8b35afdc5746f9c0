import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

export interface RedisServerOptions {
  readonly password?: string;
  /** Listens with TLS alone, with a certificate of its own. @default false */
  readonly tls?: boolean;
  /** Address at which it listens besides. */
  readonly address?: string;
  /** Further lines of its configuration, as arguments: `['--maxmemory', '1mb']`. */
  readonly config?: readonly string[];
}

/** A real `redis-server` without persistence, which a test may stop, kill and start again at the same port. */
export class RedisServer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mosec-redis-'));
  private child?: ChildProcess;
  private watcher?: Redis;

  private constructor(
    readonly port: number,
    private readonly options: RedisServerOptions,
  ) {}

  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    if (options.tls) server.makeCertificate();
    await server.start();
    return server;
  }

  /** With the password, if there is one. */
  get url(): string {
    const { password, tls } = this.options;
    return `${tls ? 'rediss' : 'redis'}://${password ? `:${password}@` : ''}127.0.0.1:${this.port}`;
  }

  /** Certificate of the authority that signed its own: itself. */
  get ca(): string {
    return readFileSync(join(this.folder, 'cert.pem'), 'utf8');
  }

  /** Keys that it has now. */
  async keys(): Promise<string[]> {
    return this.client.keys('*');
  }

  /** For what a test wants to see or do itself. */
  get client(): Redis {
    this.watcher ??= new Redis(this.url, {
      retryStrategy: () => 50,
      maxRetriesPerRequest: null,
      tls: this.options.tls ? { ca: this.ca } : undefined,
    }).on('error', () => undefined);
    return this.watcher;
  }

  /** Again, after it was killed; resolves when it answers. */
  async start(): Promise<void> {
    const { password, tls, address, config = [] } = this.options;
    const listen = tls ? ['--port', '0', '--tls-port', String(this.port)] : ['--port', String(this.port)];
    const [cert, key] = [join(this.folder, 'cert.pem'), join(this.folder, 'key.pem')];
    if (tls) listen.push('--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no');
    const auth = password ? ['--requirepass', password] : [];
    const binding = ['--bind', '127.0.0.1', ...(address ? [address, '--protected-mode', 'no'] : [])];
    const still = [...binding, '--save', '', '--appendonly', 'no', '--dir', this.folder];
    this.child = spawn('redis-server', [...still, ...listen, ...auth, ...config], { stdio: 'ignore' });
    const failed = once(this.child, 'error').then(([error]: unknown[]) => Promise.reject(error as Error));
    await Promise.race([failed, waitFor(() => this.client.ping(), { what: 'redis-server to answer' })]);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    this.watcher?.disconnect();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private makeCertificate(): void {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
    const made = spawnSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', ...subject],
      { cwd: this.folder, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr ?? String(made.error)}`);
  }
}
