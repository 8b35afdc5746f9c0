import type { Readable } from 'node:stream';
import { LineSplitter } from './line-splitter.js';
import type { ReplicaListener } from './replica.js';

interface Outputs {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

/** What a worker prints becomes log lines: standard output as `info`, standard error as `warning`. */
export function forwardOutput({ stdout, stderr }: Outputs, listener: Pick<ReplicaListener, 'log'>): void {
  for (const [stream, level] of [
    [stdout, 'info'],
    [stderr, 'warning'],
  ] as const) {
    const lines = new LineSplitter((line) => listener.log(level, line));
    stream?.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
    stream?.on('end', () => lines.end());
  }
}
