import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from './free-port.js';
import { REPOSITORY } from './pages.js';
import { waitFor } from './wait-for.js';

const CONFIGURATION = join(REPOSITORY, 'deploy/prometheus');
/** Instead of the 5 s and 15 s of the file: a test waits for several of them. */
const INTERVAL = '1s';

interface PrometheusConfig {
  global: { scrape_interval: string; evaluation_interval: string };
  rule_files: string[];
  scrape_configs: { static_configs: { targets: string[] }[] }[];
}

/** A sample of an instant query. */
export interface QueryResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface ScrapeTarget {
  readonly scrapeUrl: string;
  readonly health: 'up' | 'down' | 'unknown';
}

export interface AlertRule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly lastError?: string;
  readonly state: string;
}

/**
 * A real `prometheus` with the file of `deploy/prometheus`: only the target, the intervals and the folder of the rules are
 * others.
 */
export class PrometheusServer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mosec-prometheus-'));
  private child?: ChildProcess;
  private readonly kill = (): void => void this.child?.kill('SIGKILL');
  private output = '';

  private constructor(private readonly port: number) {}

  /** @param target host and port of the server to scrape */
  static async start(target: string): Promise<PrometheusServer> {
    const server = new PrometheusServer(await freePort());
    try {
      await server.start(target);
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  async query(expression: string): Promise<QueryResult[]> {
    const { result } = await this.ask<{ result: QueryResult[] }>(`query?query=${encodeURIComponent(expression)}`);
    return result;
  }

  async targets(): Promise<ScrapeTarget[]> {
    const { activeTargets } = await this.ask<{ activeTargets: ScrapeTarget[] }>('targets');
    return activeTargets;
  }

  async alertRules(): Promise<AlertRule[]> {
    const { groups } = await this.ask<{ groups: { rules: AlertRule[] }[] }>('rules?type=alert');
    return groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    process.off('exit', this.kill);
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      this.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(target: string): Promise<void> {
    const file = join(this.folder, 'prometheus.yml');
    writeFileSync(file, JSON.stringify(derivedConfig(target)));
    const listen = `--web.listen-address=127.0.0.1:${this.port}`;
    const child = spawn('prometheus', [`--config.file=${file}`, `--storage.tsdb.path=${this.folder}/data`, listen], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    process.once('exit', this.kill);
    child.stderr.on('data', (text: Buffer) => (this.output += text.toString()));
    const failed = once(child, 'error').then(([error]: unknown[]) => Promise.reject(error as Error));
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`prometheus ended:\n${this.output}`)));
    const ready = waitFor(async () => (await fetch(`http://127.0.0.1:${this.port}/-/ready`)).ok);
    await Promise.race([failed, ended, ready]);
    // It ends by `stop` from now on.
    ended.catch(() => undefined);
  }

  private async ask<T>(path: string): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1/${path}`);
    const body = (await answer.json()) as { status: string; data: T; error?: string };
    if (body.status !== 'success') throw new Error(`prometheus refuses "${path}": ${body.error}`);
    return body.data;
  }
}

/** JSON is YAML as well. */
function derivedConfig(target: string): PrometheusConfig {
  const config = parse(readFileSync(join(CONFIGURATION, 'prometheus.yml'), 'utf8')) as PrometheusConfig;
  config.global.scrape_interval = INTERVAL;
  config.global.evaluation_interval = INTERVAL;
  config.rule_files = config.rule_files.map((pattern) => join(CONFIGURATION, pattern));
  for (const { static_configs: targets } of config.scrape_configs) for (const list of targets) list.targets = [target];
  return config;
}
