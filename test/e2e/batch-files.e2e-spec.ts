import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineServer, type LineAnswer, type LineCall } from '../support/line-server.js';
import { startCli, type CliOptions, type CliOutcome, type CliRun } from '../support/start-cli.js';
import { waitFor } from '../support/wait-for.js';

let folder: string;
let server: LineServer | undefined;
let run: CliRun | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-batch-'));
});
afterEach(async () => {
  run?.child.kill('SIGKILL');
  await run?.done;
  server?.stop();
  [server, run] = [undefined, undefined];
  await rm(folder, { recursive: true });
});

const FILES = ['--in', 'in.jsonl', '--out', 'out.jsonl'];
const serve = async (answer: (call: LineCall) => LineAnswer | undefined | Promise<LineAnswer | undefined>) =>
  (server = await new LineServer(answer).start());
const start = (args: readonly string[], options: Partial<CliOptions> = {}): CliRun =>
  (run = startCli(['batch', '--url', server?.url ?? '', '--route', '/x', ...args], { folder, ...options }));
const batch = (...args: readonly string[]): Promise<CliOutcome> => start([...FILES, ...args]).done;
const write = (lines: readonly string[]): Promise<void> => writeFile(join(folder, 'in.jsonl'), lines.join('\n'));
const output = (): Promise<string> => readFile(join(folder, 'out.jsonl'), 'utf8').catch(() => '');
const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));
const echo = ({ body }: LineCall): LineAnswer => ({ body });
const echoed = (count: number): object[] =>
  numbers(count).map((n) => ({ line: Number(n), status: 200, body: Number(n) }));

describe('when a file is run through a server', () => {
  it('should write a line for each line, in order, and tell the rate', async () => {
    await serve(echo);
    await write(numbers(500));
    const { code, out, error } = await batch();
    expect([code, out]).toEqual([0, '']);
    expect(error).toMatch(/^500 lines, 0 failed; .+\/s\n$/);
    expect(linesOf(await output())).toEqual(echoed(500));
  });

  it('should tell of every odd line in its place', async () => {
    await serve(({ body }) =>
      body === '"png"'
        ? { headers: { 'content-type': 'image/png' }, body: Buffer.from([255]) }
        : { body, status: body === '0' ? 422 : 200 },
    );
    await write(['1', '', '{"a"', '0', '"png"', `"${'x'.repeat(2000)}"`, '2']);
    expect((await batch('--max-line', '1KiB')).code).toBe(3);
    expect(linesOf(await output())).toMatchObject([
      { line: 1, status: 200, body: 1 },
      { line: 2, status: null, error: { code: 'EMPTY_LINE' } },
      { line: 3, status: null, error: { code: 'BROKEN_JSON' } },
      { line: 4, status: 422, body: 0 },
      { line: 5, status: 200, contentType: 'image/png', encoding: 'base64', body: '/w==' },
      { line: 6, status: null, error: { code: 'LINE_TOO_LONG' } },
      { line: 7, status: 200, body: 2 },
    ]);
  });

  it("should speak OpenAI's batch files, and send headers with secrets of the environment", async () => {
    const calls: LineCall[] = [];
    await serve((call) => (calls.push(call), { headers: { 'x-request-id': 'r1' }, body: call.body }));
    const line = { custom_id: 'one', method: 'POST', url: '/v1/embeddings', body: { input: 'a' } };
    const input = Readable.from([JSON.stringify(line)]);
    const args = ['--in', '-', '--out', '-', '--header', 'Authorization: Bearer ${SECRET}'];
    const { code, out } = await start(args, { input, env: { SECRET: 's3' } }).done;
    expect(code).toBe(0);
    expect(linesOf(out)).toEqual([
      {
        ...{ id: expect.stringMatching(/^batch_req_.+-1$/) as string, custom_id: 'one', error: null },
        response: { status_code: 200, request_id: 'r1', body: { input: 'a' } },
      },
    ]);
    expect(calls).toMatchObject([{ path: '/v1/embeddings', headers: { authorization: 'Bearer s3' } }]);
    expect(calls[0]?.headers['idempotency-key']).toMatch(/-1$/);
  });
});

describe('when a run is interrupted', () => {
  it('should go on after SIGKILL at any moment, with one line for each', async () => {
    const seen = new Set<string>();
    await serve(({ body, headers }) => (seen.add(`${body} ${String(headers['idempotency-key'])}`), { body }));
    await write(numbers(12_000));
    for (const reached of [500, 3000, 6000]) {
      const { child, done } = start(FILES);
      await waitFor(async () => linesOf(`${(await output()).split('\n').slice(0, -1).join('\n')}\n`).length >= reached);
      child.kill('SIGKILL');
      expect((await done).code).toBeNull();
    }
    const { code, error } = await batch();
    expect([code, linesOf(await output())]).toEqual([0, echoed(12_000)]);
    expect(error).toContain('by an earlier run');
    // A line that was sent twice had the same key.
    expect(seen.size).toBe(12_000);
  });

  it('should finish what is on its way after Ctrl-C, and say how to go on', async () => {
    let hold = true;
    const held: (() => void)[] = [];
    await serve(async (call) => {
      if (hold) await new Promise<void>((resolve) => held.push(resolve));
      return echo(call);
    });
    await write(numbers(50));
    const { child, done, printed } = start(FILES);
    await waitFor(() => held.length === 4);
    child.kill('SIGINT');
    await waitFor(() => printed().includes('Ending after 4 requests'));
    hold = false;
    for (const release of held) release();
    expect(await done).toMatchObject({
      code: 130,
      error: expect.stringContaining('start the same command again') as string,
    });
    expect(linesOf(await output())).toEqual(echoed(4));
    expect((await batch()).code).toBe(0);
    expect(linesOf(await output())).toEqual(echoed(50));
  });

  it('should refuse another input, take one that has grown, and start over when told to', async () => {
    await serve(echo);
    await write(numbers(20));
    expect((await batch()).code).toBe(0);
    await write(numbers(30));
    expect((await batch()).code).toBe(0);
    expect(linesOf(await output())).toEqual(echoed(30));
    await write(['7', ...numbers(30).slice(1)]);
    const refused = await batch();
    expect([refused.code, refused.error.includes('--restart'), server?.calls]).toEqual([1, true, 30]);
    expect((await batch('--restart')).code).toBe(0);
    expect(linesOf(await output())[0]).toEqual({ line: 1, status: 200, body: 7 });
  });
});

describe('when the server has too much to do', () => {
  it('should send fewer at a time, and every line until it is answered', async () => {
    await serve(async (call) => {
      if ((server?.open ?? 0) > 6) return { status: 429, headers: { 'retry-after': '0' }, body: '{}' };
      await new Promise((resolve) => setImmediate(resolve));
      return echo(call);
    });
    await write(numbers(2000));
    const { code } = await batch('--concurrency', '32');
    expect([code, linesOf(await output())]).toEqual([0, echoed(2000)]);
    // It has tried more than the server takes, and learnt from it.
    expect(server?.mostOpen).toBeGreaterThan(6);
    expect(server?.calls).toBeLessThan(4000);
  });

  it('should send a line again whose connection is lost, and then tell of it', async () => {
    let lost = 0;
    await serve((call) => (call.body === '3' && lost++ < 9 ? undefined : echo(call)));
    await write(numbers(5));
    expect((await batch('--retries', '1')).code).toBe(3);
    expect(linesOf(await output())[2]).toMatchObject({
      line: 3,
      status: null,
      error: { message: expect.any(String) as string },
    });
    expect(lost).toBe(2);
  });
});

describe('when it is asked for what cannot be', () => {
  it.each([
    [['--in', 'none.jsonl', '--out', 'out.jsonl'], 2, '--in'],
    [['--in', '.', '--out', 'out.jsonl'], 2, '--in'],
    [['--in', '-', '--out', 'none/out.jsonl'], 2, '--out'],
    [['--in', '-', '--out', '.'], 2, '--out'],
    [['--in', '-', '--out', '/dev/null'], 2, '--out'],
    [['--in', '-', '--out', '-', '--url', 'http://127.0.0.1:1'], 1, 'refuses connections'],
  ])('should say what is wrong: %j', async (args, code, words) => {
    await serve(echo);
    const outcome = await start(args).done;
    expect(outcome).toMatchObject({ code, out: '' });
    expect(outcome.error).toContain(words);
  });
});
