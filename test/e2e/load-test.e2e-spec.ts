import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import type { AppProcess } from '../support/app-process.js';
import { launchBrowser, PageWatch } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { startReadyApp } from '../support/start-app.js';
import { startCli, type CliOutcome, type CliRun } from '../support/start-cli.js';

const BRIEF = ['--duration', '600ms', '--warm-up', '100ms'];
const GOOD = ['--body', '{"text":"hello"}'];
const BAD = ['--body', '{"text":1}'];

interface Report {
  readonly interrupted: boolean;
  readonly load: { readonly loop: string };
  readonly totals: { readonly requests: number; readonly ok: number; readonly failed: number };
  readonly slo: { readonly attainment: number; readonly met: boolean | null };
  readonly latencyMs: { readonly p50: number; readonly p99: number } | null;
  readonly errors: { readonly byStatus: Record<string, number> };
  readonly steps: readonly unknown[];
  readonly server: { readonly stages: readonly { readonly stage: string }[] } | null;
  readonly suggestions: readonly unknown[];
}

let app: AppProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosec-load-'));
  app = await startReadyApp('apps/echo');
});
afterAll(async () => {
  await app?.stop();
  await rm(folder, { recursive: true });
});

const start = (args: readonly string[]): CliRun => startCli(['bench', ...args], { folder });
const bench = (...args: readonly string[]): Promise<CliOutcome> => start(args).done;
const reportOf = ({ out }: CliOutcome): Report => JSON.parse(out) as Report;
const url = (): string => `${app.url}/echo`;

describe('when a server is loaded', () => {
  it('should count its answers in a closed loop, and read the stages from its metrics', async () => {
    const outcome = await bench(url(), ...GOOD, ...BRIEF, '--connections', '4', '--json', '-');
    const report = reportOf(outcome);
    expect(outcome.code).toBe(0);
    expect(report).toMatchObject({ interrupted: false, load: { loop: 'closed' }, slo: { met: null } });
    expect(report.totals.ok).toBeGreaterThan(0);
    expect(report.totals).toMatchObject({ ok: report.totals.requests, failed: 0 });
    expect(report.latencyMs?.p99).toBeGreaterThanOrEqual(report.latencyMs?.p50 ?? Infinity);
    expect(report.server?.stages.map(({ stage }) => stage)).toEqual(['Trim', 'UpperCase', 'Measure']);
    expect(outcome.error).toContain('closed');
  });

  it('should raise the rate of an open loop step by step', async () => {
    const outcome = await bench(url(), ...GOOD, ...BRIEF, '--ramp', '20:60:3', '--metrics', 'off', '--json', '-');
    const report = reportOf(outcome);
    expect([outcome.code, report.load.loop, report.steps.length, report.server]).toEqual([0, 'open', 3, null]);
  });

  it('should end with 1 where less than was required is within the SLO', async () => {
    const slo = ['--slo', '10s', '--require', '99%'];
    const refused = await bench(url(), ...BAD, ...BRIEF, ...slo, '--json', '-');
    const report = reportOf(refused);
    expect([refused.code, report.slo.met, report.slo.attainment]).toEqual([1, false, 0]);
    expect(report.errors.byStatus).toEqual({ 422: report.totals.requests });
    expect((await bench(url(), ...GOOD, ...BRIEF, ...slo)).code).toBe(0);
  });

  it('should take bodies in turn from lines of JSON', async () => {
    await writeFile(join(folder, 'bodies.jsonl'), '{"text":"a"}\n{"text":1}\n');
    const args = ['--body-file', 'bodies.jsonl', '--connections', '1', ...BRIEF, '--json', '-'];
    const { totals } = reportOf(await bench(url(), ...args));
    expect(totals.ok).toBeGreaterThan(0);
    expect(Math.abs(totals.ok - totals.failed)).toBeLessThanOrEqual(1);
  });

  it('should report what there is after Ctrl-C', async () => {
    const { child, done, printed } = start([url(), ...GOOD, '--duration', '60s', '--warm-up', '0s', '--json', '-']);
    await expect.poll(printed, { timeout: 20_000 }).not.toBe('');
    child.kill('SIGINT');
    const report = reportOf(await done);
    expect(report.interrupted).toBe(true);
    expect(report.totals.ok).toBeGreaterThan(0);
  });
});

describe('when the report is a page', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await launchBrowser()));
  afterAll(() => browser?.close());

  it('should draw its plots without asking anybody', async () => {
    const { code } = await bench(url(), ...GOOD, ...BRIEF, '--slo', '1s', '--html', 'report.html');
    expect(code).toBe(0);
    const page = await browser.newPage();
    const watch = new PageWatch(page);
    const address = pathToFileURL(join(folder, 'report.html')).href;
    await page.goto(address);
    expect(await page.locator('svg').count()).toBeGreaterThanOrEqual(3);
    expect([watch.requests, watch.problems]).toEqual([[address], []]);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('prefers-color-scheme');
  });
});

describe('when it is asked for what cannot be', () => {
  it.each([
    [['ftp://host/x'], 2, '"ftp://host/x" cannot be used'],
    [[], 2, 'The URL is missing'],
    [['http://localhost:8000/', '--speed', '3'], 2, "'--speed'"],
    [['http://localhost:8000/', '--body-file', 'none.json'], 2, '"none.json"'],
    [['http://localhost:8000/', '--rate', '0'], 2, '--rate "0" cannot be used'],
    [['http://localhost:8000/', '--require', '99%'], 2, '--require needs --slo'],
  ])('should say what is wrong: %j', async (args, code, words) => {
    const outcome = await bench(...args);
    expect(outcome).toMatchObject({ code, out: '' });
    expect(outcome.error).toContain(words);
  });

  it('should say at once that nobody listens', async () => {
    const address = `http://127.0.0.1:${await freePort()}`;
    const { code, error } = await bench(`${address}/x`, ...BRIEF);
    expect([code, error.includes(`"${address}"`)]).toEqual([1, true]);
  });
});
