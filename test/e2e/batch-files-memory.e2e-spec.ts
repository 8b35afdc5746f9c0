import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineServer } from '../support/line-server.js';
import { memoryPeak } from '../support/memory-peak.js';
import { startCli, type CliRun } from '../support/start-cli.js';

const MIB = 1024 * 1024;
const BOUND = 320 * MIB;
let folder: string;
let server: LineServer;
let run: CliRun;
let peak: number;

// A hundred thousand requests take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-batch-'));
  peak = 0;
});
afterEach(async () => {
  run.child.kill('SIGKILL');
  await run.done;
  server.stop();
  await rm(folder, { recursive: true });
});

const watch = (every: number): void => {
  if (server.calls % every === 0) peak = Math.max(peak, memoryPeak(run.child.pid ?? 0));
};
const start = (): CliRun =>
  (run = startCli(['batch', '--url', server.url, '--route', '/x', '--in', 'in.jsonl', '--out', 'out.jsonl'], {
    folder,
  }));

async function outputLines(): Promise<number> {
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(join(folder, 'out.jsonl')) })) {
    if (line.startsWith(`{"line":${++count},"status":200,`) && line.endsWith('}')) continue;
    throw new Error(`line ${count} is not an answer: ${line.slice(0, 100)}`);
  }
  return count;
}

describe('when a file is larger than memory should be', () => {
  it('should need no more memory for many short lines', async () => {
    const answer = JSON.stringify('x'.repeat(4500));
    server = await new LineServer(() => (watch(1000), { body: answer })).start();
    await writeFile(join(folder, 'in.jsonl'), '{"a":1}\n'.repeat(100_000));
    expect((await start().done).code).toBe(0);
    expect(peak).toBeGreaterThan(0);
    // The answers are 450 MB.
    expect(peak).toBeLessThan(BOUND);
    expect(await outputLines()).toBe(100_000);
  });

  it('should need no more memory for long lines with long answers', async () => {
    const line = JSON.stringify('x'.repeat(8 * MIB));
    server = await new LineServer(({ body }) => (watch(1), { body })).start();
    await writeFile(join(folder, 'in.jsonl'), `${line}\n`.repeat(40));
    expect((await start().done).code).toBe(0);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(2 * BOUND);
    expect(await outputLines()).toBe(40);
  });
});
