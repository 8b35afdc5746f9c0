import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { startReadyApp } from '../support/start-app.js';
import { startCli } from '../support/start-cli.js';
import { waitFor } from '../support/wait-for.js';

// A server is started twice on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const LINES = 4000;
let folder: string;
let app: AppProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-batch-'));
  app = await startReadyApp('apps/echo');
});
afterAll(async () => {
  await app?.stop();
  await rm(folder, { recursive: true });
});

describe('when the server is started again in the middle of a run', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('should answer every line in the end, after %s', async (signal) => {
    const text = Array.from({ length: LINES }, (_, index) => JSON.stringify({ text: `line ${index + 1}` }));
    await writeFile(join(folder, 'in.jsonl'), text.join('\n'));
    const args = ['--url', app.url, '--route', '/echo', '--in', 'in.jsonl', '--out', `${signal}.jsonl`];
    const { done } = startCli(['batch', ...args], { folder });
    const output = (): Promise<string[]> =>
      readFile(join(folder, `${signal}.jsonl`), 'utf8').then(
        (content) => content.split('\n').slice(0, -1),
        () => [],
      );
    await waitFor(async () => (await output()).length > 100);
    await app.stop(signal);
    expect((await output()).length).toBeLessThan(LINES);
    app = await startReadyApp('apps/echo', { port: app.port });
    expect(await done).toMatchObject({ code: 0 });
    const lines = (await output()).map((line) => JSON.parse(line) as unknown);
    const expected = Array.from({ length: LINES }, (_, index) => {
      const echo = `LINE ${index + 1}`;
      return { line: index + 1, status: 200, body: { text: echo, length: echo.length } };
    });
    expect(lines).toEqual(expected);
  });
});
