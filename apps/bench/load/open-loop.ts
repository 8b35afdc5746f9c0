import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from './caller.js';

/** Requests that come whether or not earlier ones were answered. */
export interface OpenLoad {
  readonly requestsPerSecond: number;
  readonly request: Buffer;
}

export interface OpenSample {
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests that never got an answer. */
  readonly lost: number;
  /** Of the answers with status 200, in milliseconds from when the request was due. */
  readonly latenciesMs: Float64Array;
  readonly seconds: number;
}

/** Longest wait for the last answers, in milliseconds. */
const LAST_ANSWERS_MS = 5_000;

/** Sends at exponentially distributed intervals; counts what was due after `runInSeconds`, for `seconds`. */
export async function runOpenLoop(
  port: number,
  load: OpenLoad,
  runInSeconds: number,
  seconds: number,
): Promise<OpenSample> {
  const run = new OpenRun(port, load);
  const from = performance.now() + runInSeconds * 1_000;
  await run.send(from, from + seconds * 1_000);
  return { ...(await run.finish()), seconds };
}

class OpenRun {
  private readonly idle: Caller[] = [];
  private readonly busy = new Set<Caller>();
  private readonly statuses = new Map<number, number>();
  private readonly latencies: number[] = [];
  private lostCount = 0;
  private countFrom = 0;

  constructor(
    private readonly port: number,
    private readonly load: OpenLoad,
  ) {}

  async send(countFrom: number, until: number): Promise<void> {
    this.countFrom = countFrom;
    for (let due = performance.now(); due < until; due += this.interval()) {
      const waitMs = due - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      this.callOne(due);
    }
  }

  async finish(): Promise<Omit<OpenSample, 'seconds'>> {
    const until = performance.now() + LAST_ANSWERS_MS;
    while (this.busy.size > 0 && performance.now() < until) await sleep(10);
    for (const caller of [...this.idle, ...this.busy]) caller.close();
    const latenciesMs = Float64Array.from(this.latencies).sort();
    return { statuses: this.statuses, lost: this.lostCount + this.busy.size, latenciesMs };
  }

  private interval(): number {
    return (-Math.log(1 - Math.random()) * 1_000) / this.load.requestsPerSecond;
  }

  private callOne(due: number): void {
    const caller = this.idle.pop() ?? new Caller(this.port, this.load.request, this);
    this.busy.add(caller);
    caller.call(due);
  }

  answered(caller: Caller, status: number, sentAt: number): void {
    this.busy.delete(caller);
    this.idle.push(caller);
    if (sentAt < this.countFrom) return;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status === 200) this.latencies.push(performance.now() - sentAt);
  }

  /** An idle connection may end. */
  lost(caller: Caller): void {
    if (this.busy.delete(caller)) this.lostCount++;
    else this.idle.splice(this.idle.indexOf(caller), 1);
  }
}
