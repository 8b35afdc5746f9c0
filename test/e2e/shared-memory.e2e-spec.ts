import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seal } from '../fixtures/shared-memory/checksum.js';
import type { PeekReport } from '../fixtures/shared-memory/peek.stage.js';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
import { childPids, isAlive } from '../support/processes.js';
import { relay } from '../support/relay-load.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

vi.setConfig({ testTimeout: 90_000 });

const PREFIX = 'mosec_service_shared_memory';
const body = (length: number): Buffer => seal(randomBytes(length));

async function post200(url: string, bytes: Buffer): Promise<Buffer> {
  const response = await fetch(url, { method: 'POST', body: bytes });
  const answer = Buffer.from(await response.arrayBuffer());
  expect(response.status, answer.toString()).toBe(200);
  return answer;
}

async function slots(app: AppProcess): Promise<number> {
  return (await scrape(app.url)).sum(`${PREFIX}_slots`);
}

async function payloads(app: AppProcess, way: string): Promise<number> {
  return (await scrape(app.url)).sum(`${PREFIX}_payloads_total`, { way });
}

describe('with shared memory', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startReadyApp('shared-memory', { env: { SHARED_MEMORY: '{"thresholdBytes":10000}' } });
  });
  afterAll(() => app?.stop());

  it('should send large bodies, hand-overs and answers by handle, and small ones inline', async () => {
    for (const length of [9_999, 10_000, 70_001, 3_000_000]) {
      const sent = body(length);
      expect((await post200(`${app.url}/relay`, sent)).equals(sent)).toBe(true);
    }
    const before = await payloads(app, 'shared');
    await post200(`${app.url}/relay`, body(50_000));
    expect((await payloads(app, 'shared')) - before).toBe(3);
    await post200(`${app.url}/relay`, body(9_000));
    expect((await payloads(app, 'shared')) - before).toBe(3);
    await waitFor(async () => (await slots(app)) === 0, { what: 'no slot in use' });
  });

  it('should go by the threshold of a stage where that has one', async () => {
    const through = async (length: number): Promise<number> => {
      const before = await payloads(app, 'shared');
      await post200(`${app.url}/large-only`, body(length));
      return (await payloads(app, 'shared')) - before;
    };
    // The first large result of a worker comes inline, and brings it its region.
    expect(await through(2_000_000)).toBe(1);
    expect(await through(2_000_000)).toBe(2);
    expect(await through(900_000)).toBe(1);
  });

  it('should show a stage nothing but its own body, also where a larger one was before', async () => {
    const peek = async (length: number): Promise<PeekReport> =>
      JSON.parse((await post200(`${app.url}/peek`, body(length))).toString()) as PeekReport;
    await peek(12_288);
    expect(await peek(10_500)).toEqual({ length: 10_500, byteOffset: 0, behind: 12_288, strangers: 0 });
  });

  it('should keep a body in its slot until the worker is done with it, also when the answer was given long ago', async () => {
    const late = await post(`${app.url}/keep`, body(20_000));
    expect(late.status).toBe(408);
    expect(await slots(app)).toBe(1);
    for (let i = 0; i < 20; i++) await post200(`${app.url}/relay`, body(20_000));
    const seen = await waitFor(async () => {
      const { status, text } = await post(`${app.url}/keep`, 'what did you see?');
      return status === 200 && text !== 'not yet' && text;
    });
    expect(seen).toBe('the same bytes');
    await waitFor(async () => (await slots(app)) === 0, { what: 'no slot in use' });
  });

  it('should give slots back when bodies are refused, broken or their clients leave', async () => {
    const broken = randomBytes(40_000);
    const refused = await post(`${app.url}/relay`, broken);
    expect(refused.status).toBe(500);
    const invalid = await post(`${app.url}/relay`, body(40_000), { 'x-request-timeout': 'soon' });
    expect(invalid.status).toBe(400);
    const tally = await relay({ url: `${app.url}/relay`, requests: 60, connections: 8, abortShare: 1 });
    expect([tally.aborted, tally.wrong]).toEqual([60, 0]);
    await waitFor(async () => (await slots(app)) === 0, { what: 'no slot in use' });
  });

  it.each([
    ['of a region that does not exist', { region: 999, offset: 0, length: 100 }],
    ['far outside of the memory', { region: 1, offset: 64 * (2 ** 32 - 1), length: 2 ** 32 - 1 }],
    ["of the gateway's own region", { region: 1, offset: 0, length: 10_000 }],
  ])('should replace a worker that answers with a slot %s', async (_what, forged) => {
    const { status, json } = await post(`${app.url}/forge`, forged);
    expect([status, (json as { code: string }).code]).toEqual([503, 'WORKER_LOST']);
    await app.waitForLog('sent what is no valid frame: region');
    expect((await post(`${app.url}/forge`, {})).text).toBe('{}');
    await waitFor(async () => (await slots(app)) === 0, { what: 'no slot in use' });
  });
});

describe('while workers are killed at random', () => {
  const requests = Number(process.env['STRESS_REQUESTS'] ?? 10_000);

  it(
    'should leak no slot and never answer with other bytes',
    async () => {
      const SHARED_MEMORY = JSON.stringify({ sizeBytes: 64 << 20, thresholdBytes: 8_000 });
      const app = await startReadyApp('shared-memory', { env: { SHARED_MEMORY } });
      let done = false;
      const killing = killWorkers(app, () => done);
      const tally = await relay({ url: `${app.url}/relay`, requests, connections: 24, abortShare: 0.02 });
      done = true;
      const kills = await killing;
      const failed = [...tally.refused.values()].reduce((sum, count) => sum + count, 0);
      expect(tally.wrong).toBe(0);
      expect(kills).toBeGreaterThan(2);
      // Twice entered and twice killed; more than that would be another failure.
      expect([...tally.refused.keys()].filter((status) => status !== 500)).toEqual([]);
      expect(failed).toBeLessThanOrEqual(kills * 4);
      await waitFor(async () => (await slots(app)) === 0, { what: 'no slot in use' });
      expect(await payloads(app, 'shared')).toBeGreaterThan(requests);
      await app.stop();
    },
    requests * 60,
  );
});

/** Kills one worker after the other, each when all are there again. @returns how many */
async function killWorkers(app: AppProcess, isDone: () => boolean): Promise<number> {
  const all = childPids(app.pid).length;
  let kills = 0;
  while (!isDone()) {
    const pids = childPids(app.pid).filter(isAlive);
    if (kill(pids[Math.floor(Math.random() * pids.length)])) kills++;
    await waitFor(() => isDone() || (childPids(app.pid).length === all && app.isRunning), { timeoutMs: 60_000 });
    await waitFor(async () => isDone() || (await fetch(`${app.url}/readyz`)).ok, { timeoutMs: 60_000 });
  }
  return kills;
}

/** @returns false when there is no such process any more */
function kill(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

describe('when there is little room', () => {
  it('should send the rest inline', async () => {
    const SHARED_MEMORY = JSON.stringify({ sizeBytes: 2 << 20, thresholdBytes: 8_000 });
    const app = await startReadyApp('shared-memory', { env: { SHARED_MEMORY } });
    const tally = await relay({ url: `${app.url}/relay`, requests: 600, connections: 16, abortShare: 0 });
    expect(tally).toEqual({ echoed: 600, refused: new Map(), aborted: 0, wrong: 0 });
    expect(await payloads(app, 'inline')).toBeGreaterThan(0);
    expect(await payloads(app, 'shared')).toBeGreaterThan(0);
    await waitFor(async () => (await slots(app)) === 0, { what: 'no slot in use' });
    await app.stop();
  });
});

describe('without shared memory', () => {
  const without = { args: ['--log-level', 'info'] };

  it.each([
    [
      '"koffi" is not installed',
      { execArgv: ['--require', fileURLToPath(new URL('../support/no-koffi.cjs', import.meta.url))] },
    ],
    ['it is switched off', { env: { SHARED_MEMORY: 'false' } }],
  ])('should serve all the same when %s', async (_why, options) => {
    const app = await startReadyApp('shared-memory', { ...without, ...options });
    const sent = body(2_000_000);
    expect((await post200(`${app.url}/relay`, sent)).equals(sent)).toBe(true);
    expect((await scrape(app.url)).samples.filter(({ name }) => name.startsWith(PREFIX))).toEqual([]);
    expect(app.output.includes('there is no shared memory')).toBe('execArgv' in options);
    await app.stop();
  });
});

describe.runIf(spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/dev/shm']).status === 0)(
  'when /dev/shm is full',
  () => {
    it('should share memory all the same', async () => {
      const fill = 'mount -t tmpfs -o size=64k none /dev/shm; head -c 1M /dev/zero > /dev/shm/full; exec "$@"';
      const app = await startReadyApp('shared-memory', { wrapper: ['unshare', '--mount', 'sh', '-c', fill, 'sh'] });
      const sent = body(2_000_000);
      expect((await post200(`${app.url}/relay`, sent)).equals(sent)).toBe(true);
      expect(await payloads(app, 'shared')).toBeGreaterThan(0);
      await app.stop();
    });
  },
);

describe('when the gateway is killed', () => {
  it('should leave no process that has the memory', async () => {
    const app = await startReadyApp('shared-memory');
    await post200(`${app.url}/relay`, body(2_000_000));
    const workers = childPids(app.pid);
    expect(workers).toHaveLength(8);
    app.kill('SIGKILL');
    await waitFor(() => !workers.some(isAlive), { what: 'all workers have ended' });
    await app.exited;
  });
});
