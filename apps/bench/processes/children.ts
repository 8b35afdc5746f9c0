import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { statOf, treeOf } from './process-tree.js';

const END_MS = 10_000;
const POLL_MS = 20;

/** Programs that this one has started; none of them may outlive it. */
export class Children {
  private readonly running = new Set<ChildProcess>();
  private ending = false;

  /** @param endMs longest time from asking a program to end to killing it and what it started */
  constructor(private readonly endMs = END_MS) {}

  /** @throws when everything is being stopped already */
  add<T extends ChildProcess>(child: T): T {
    this.running.add(child);
    child.once('exit', () => this.ending || this.running.delete(child));
    if (!this.ending) return child;
    child.kill('SIGKILL');
    throw new Error('the benchmark is being stopped');
  }

  /** Ends a program and all processes that it has started: asks them first, kills those that are left. */
  async stop(child: ChildProcess): Promise<void> {
    const left = new Map(treeOf(child.pid ?? 0).map((pid) => [pid, statOf(pid)?.startTicks]));
    const alive = (): number[] => [...left.keys()].filter((pid) => isRunning(pid, left.get(pid)));
    child.kill('SIGTERM');
    const until = performance.now() + this.endMs;
    while (alive().length > 0 && performance.now() < until) await sleep(POLL_MS);
    for (const pid of alive()) process.kill(pid, 'SIGKILL');
    while (alive().length > 0) await sleep(POLL_MS);
    this.running.delete(child);
  }

  /** Ends all of them, and all that are started from now on. */
  async stopAll(): Promise<void> {
    this.ending = true;
    await Promise.all([...this.running].map((child) => this.stop(child)));
  }
}

function isRunning(pid: number, startTicks: number | undefined): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.startTicks === startTicks && stat.state !== 'Z';
}
