import { setTimeout as sleep } from 'node:timers/promises';
import { RUN_IN } from '../cells/schedule.js';
import type { Load } from '../cells/cell.js';
import { machineCpuSeconds } from '../processes/machine.js';
import { cpuSecondsOf, memoryOf, treeOf, type Memory } from '../processes/process-tree.js';
import { percentile } from '../statistics.js';
import { Connection } from './connection.js';
import { Exchange } from './exchange.js';

/** A path of a server that echoes bodies. */
export interface LoadTarget {
  readonly port: number;
  readonly path: string;
  /** The server; its processes are this one and all below it. */
  readonly pid: number;
}

export interface Sample {
  /** Right answers only. */
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Seconds of processor time that the server's processes took for 1 000 answers. */
  readonly cpuPer1000: number;
  /** Of the server's processes at the end, still under load. */
  readonly memory: Memory;
  /** Cores that the load generator itself kept busy: near 1 means that it was the limit. */
  readonly generatorCores: number;
  /** Cores that neither the server nor the load generator kept busy, but other programs. */
  readonly otherCores: number;
  /** What went wrong and how often. A sample with errors is no result. */
  readonly errors: ReadonlyMap<string, number>;
}

/** Large enough for few reads of a large answer. */
const READ_BYTES = 1 << 20;

/** Puts a load on a path and measures for `seconds`, after a run-in. */
export async function runLoad(target: LoadTarget, load: Load, seconds: number): Promise<Sample> {
  let latencies: number[] = [];
  const errors = new Map<string, number>();
  const answered = (latencyMs: number): void => void latencies.push(latencyMs);
  const failed = (error: string): void => void errors.set(error, (errors.get(error) ?? 0) + 1);
  const readBuffer = Buffer.allocUnsafe(READ_BYTES);
  const exchanges = Exchange.forEach(load.connections, target.path, load.bodyBytes);
  const connections = exchanges.map(
    (exchange) => new Connection({ port: target.port, exchange, readBuffer, answered, failed }),
  );
  await sleep(seconds * RUN_IN * 1_000);
  const pids = treeOf(target.pid);
  const used = watchProcessors(pids);
  latencies = [];
  const startedAt = performance.now();
  await sleep(seconds * 1_000);
  const elapsedMs = performance.now() - startedAt;
  const sorted = Float64Array.from(latencies).sort();
  const { server, own, machine } = used();
  const memory = memoryOf(pids);
  for (const connection of connections) connection.close();
  if (sorted.length === 0) failed('no answer');
  return {
    requestsPerSecond: (sorted.length / elapsedMs) * 1_000,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    cpuPer1000: (server / sorted.length) * 1_000,
    memory,
    generatorCores: (own * 1_000) / elapsedMs,
    otherCores: Math.max(0, ((machine - server - own) * 1_000) / elapsedMs),
    errors,
  };
}

/** @returns tells the processor seconds used since then: by the server, by this program, and by all programs */
function watchProcessors(pids: readonly number[]): () => { server: number; own: number; machine: number } {
  const server = cpuSecondsOf(pids);
  const own = process.cpuUsage();
  const machine = machineCpuSeconds();
  return () => {
    const { user, system } = process.cpuUsage(own);
    return {
      server: cpuSecondsOf(pids) - server,
      own: (user + system) / 1_000_000,
      machine: machineCpuSeconds() - machine,
    };
  };
}
