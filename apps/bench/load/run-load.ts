import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.js';
import { Connection } from './connection.js';

/** A closed loop: so many clients, each waits for its answer before it asks again. */
export interface Load {
  readonly connections: number;
  readonly bodyBytes: number;
}

export interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Cores that the load generator itself kept busy: near 1 means that it was the limit. */
  readonly generatorCores: number;
}

/** Part of the time that is spent before counting starts. */
const RUN_IN = 0.2;

/**
 * Puts a load on a path and measures for `seconds`.
 * @throws when an answer is not the echo of its request, or none comes
 */
export async function runLoad(port: number, path: string, load: Load, seconds: number): Promise<Sample> {
  const body = Buffer.alloc(load.bodyBytes, 'mosec');
  const request = Buffer.concat([Buffer.from(requestHead(path, body.length)), body]);
  let latencies: number[] = [];
  let failure: Error | undefined;
  const answered = (latencyMs: number): void => void latencies.push(latencyMs);
  const failed = (error: Error): void => void (failure ??= error);
  const connections = Array.from(
    { length: load.connections },
    () => new Connection({ port, request, body, answered, failed }),
  );
  await sleep(seconds * RUN_IN * 1000);
  latencies = [];
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await sleep(seconds * 1000);
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of connections) connection.close();
  if (failure) throw failure;
  if (latencies.length === 0) throw new Error(`no answer from ${path} within ${seconds} s: raise --seconds`);
  const sorted = Float64Array.from(latencies).sort();
  return {
    requestsPerSecond: (sorted.length / elapsedMs) * 1000,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    generatorCores: (user + system) / 1000 / elapsedMs,
  };
}

/** Request line and headers, the blank line included. */
export function requestHead(path: string, bodyBytes: number): string {
  const lines = ['Host: localhost', 'Content-Type: application/octet-stream', `Content-Length: ${bodyBytes}`];
  return [`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
