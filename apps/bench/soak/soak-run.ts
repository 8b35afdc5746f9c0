import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from '../server/start-server.js';
import { Client } from './client.js';
import { childrenOf } from '../processes/process-tree.js';
import { viewProcess, type ProcessView } from './process-view.js';

const CLIENTS = 32;
const PATHS = ['one', 'batch32', 'three'];
const KILL_EVERY_MS = 10_000;
const VIEW_EVERY_MS = 1_000;

export interface Moment extends ProcessView {
  readonly minutes: number;
}

/** Load on a server for minutes, with a worker killed now and then. */
export class SoakRun {
  readonly outcomes = new Map<string, number>();
  readonly moments: Moment[] = [];
  kills = 0;
  private readonly startedAt = performance.now();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

  constructor(private readonly server: BenchServer) {}

  get requests(): number {
    return [...this.outcomes.values()].reduce((sum, count) => sum + count, 0);
  }

  get minutes(): number {
    return (performance.now() - this.startedAt) / 60_000;
  }

  /** @param progress called once a minute */
  async run(minutes: number, progress: () => void): Promise<void> {
    const { agent } = this;
    const count = (outcome: string): void => void this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    const options = { agent, port: this.server.port, paths: PATHS, count };
    const clients = Array.from({ length: CLIENTS }, () => new Client(options));
    const timers = [
      setInterval(() => this.kill(), KILL_EVERY_MS),
      setInterval(() => this.view(), VIEW_EVERY_MS),
      setInterval(progress, 60_000),
    ];
    const running = clients.map((client) => client.run());
    await sleep(minutes * 60_000);
    for (const timer of timers) clearInterval(timer);
    for (const client of clients) client.stop();
    await Promise.all(running);
    agent.destroy();
  }

  private view(): void {
    this.moments.push({ minutes: this.minutes, ...viewProcess(this.server.pid) });
  }

  private kill(): void {
    const pids = childrenOf(this.server.pid);
    const pid = pids[Math.floor(Math.random() * pids.length)];
    if (pid === undefined) return;
    process.kill(pid, 'SIGKILL');
    this.kills++;
  }
}
