import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seal } from '../fixtures/shared-memory/checksum.js';
import type { Description } from '../fixtures/worker-di/describe.stage.js';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { childPids, threadCount } from '../support/processes.js';
import { RawHttp } from '../support/raw-http.js';
import { relay } from '../support/relay-load.js';
import { startApp, startReadyApp } from '../support/start-app.js';
import { lifeOf, startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several workers takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const EXECUTION = 'thread';

describe('when a stage runs in threads', () => {
  const traces = new TraceFolder();
  let app: AppProcess;

  const describeOne = async (): Promise<Description> =>
    (await post(`${app.url}/describe`, { name: 'one' })).json as Description;

  /** One answer of each of the two replicas, by worker id. */
  async function describeEach(): Promise<[Description, Description]> {
    const seen = new Map<number, Description>();
    await waitFor(async () => {
      for (const answer of await Promise.all(Array.from({ length: 4 }, describeOne))) seen.set(answer.workerId, answer);
      return seen.size === 2;
    });
    return [seen.get(1) as Description, seen.get(2) as Description];
  }

  beforeAll(async () => {
    traces.release('warm-up-may-end');
    const execArgv = ['--inspect=0', '--max-old-space-size=300'];
    app = await startReadyApp('worker-di', { env: { ...traces.env, EXECUTION }, execArgv, args: ['--debug'] });
  });
  afterAll(async () => {
    await app?.stop();
    traces.remove();
  });

  it('should be constructed once in each, with its imports, providers and WorkerContext, and warmed up', async () => {
    const answers = await describeEach();
    for (const [index, answer] of answers.entries()) {
      const store = `store of Describe#${index + 1}`;
      expect(answer).toMatchObject({ pid: app.pid, stage: 'Describe', store, provided: 'worker' });
      expect(answer.threadId).toBeGreaterThan(0);
    }
    expect(answers[0].threadId).not.toBe(answers[1].threadId);
    expect(traces.lines('constructed')).toEqual([`${app.pid}`, `${app.pid}`]);
    expect(traces.lines('described').filter((name) => name === 'example')).toHaveLength(2);
    expect(traces.lines('prepared').slice(0, 2)).toEqual(['first', 'second+third']);
    expect(childPids(app.pid)).toEqual([]);
  });

  it('should see the variables of its own replica, which leak neither to its sibling nor to the gateway', async () => {
    const [first, second] = await describeEach();
    expect(first.env).toEqual({ SECRET: 'one', ONLY_FIRST: 'yes', MOSEC_WORKER: '1' });
    expect(second.env).toEqual({ SECRET: 'two', MOSEC_WORKER: '1' });
    expect((await ask(`${app.url}/gateway`)).json).toMatchObject({ env: {} });
  });

  it('should have its output in the log of the gateway, line by line, under its stage and worker id', async () => {
    for (const workerId of [1, 2]) {
      for (const text of [`first line of ${workerId}`, `second line of ${workerId}`, `a complaint of ${workerId}`]) {
        const line = JSON.parse(await app.waitForLog(text)) as { context: string; message: string };
        expect(line).toMatchObject({ context: `Describe#${workerId}`, message: text });
      }
      await app.waitForLog('fine detail');
    }
  });

  it('should run onModuleDestroy in every thread when the server stops, and end with 0', async () => {
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(traces.lines('destroyed')).toEqual([`${app.pid}`, `${app.pid}`]);
  });
});

describe('when requests meet a stage in threads', () => {
  const traces = new TraceFolder();
  let app: WorkApp;
  let threads: number;
  beforeAll(async () => {
    app = await startReadyWork(traces, {
      options: { timeoutMs: 60_000, hungMs: 300, drainTimeoutMs: 20_000 },
      routes: {
        '/one': { execution: EXECUTION },
        '/requests': { execution: EXECUTION, recycle: { maxRequests: 40 } },
        '/age': { execution: EXECUTION, recycle: { maxAgeMs: 1_500 } },
        '/fragile': { execution: EXECUTION, stage: 'fragile' },
      },
    });
    threads = threadCount(app.process.pid);
  });
  afterAll(async () => {
    await app?.process.stop('SIGKILL');
    traces.remove();
  });

  it('should abort the signal of an item whose client disconnects', async () => {
    const client = await RawHttp.connect(app.process.port);
    const body = JSON.stringify({ id: 'left', until: 'never' });
    client.sendHead('POST /one', `Content-Length: ${body.length}`);
    client.send(body);
    await waitFor(() => app.entered('left'));
    client.destroy();
    await waitFor(() => traces.lines('aborted').includes('left'));
    expect((await app.order('/one', { id: 'after' })).status).toBe(200);
  });

  it('should replace a thread whose batch nobody waits for any more, after hungMs', async () => {
    const { report } = await app.order('/one', { id: 'before' });
    const late = await app.order('/one', { id: 'stuck', spinMs: 600_000 }, { 'x-request-timeout': '200' });
    expect(late.status).toBe(408);
    const next = await app.order('/one', { id: 'next' });
    expect(next.report).toMatchObject({ id: 'next', tries: 1, pid: report.pid, workerId: report.workerId });
    expect(next.report.threadId).not.toBe(report.threadId);
  });

  it.each([
    ['/requests', /worker answered \d+ items: a successor is loading/],
    ['/age', /worker is \d+ ms old: a successor is loading/],
  ])('should recycle threads and fail no request: %s', async (path, log) => {
    const lives = new Set<number>();
    let asked = 0;
    const client = async (): Promise<void> => {
      while (lives.size < 3) {
        const { status, report } = await app.order(path, { id: `${path}-${asked++}` });
        expect({ status, ...report }).toMatchObject({ status: 200, tries: 1, workerId: 1 });
        lives.add(lifeOf(report).threadId);
      }
    };
    await Promise.all([client(), client(), client(), client()]);
    await app.process.waitForLog(log);
    expect(app.process.output).not.toMatch(/worker ended: exited/);
  });

  it('should be unready while no thread can start, try again, recover, and answer what has waited', async () => {
    const constructed = (): number => traces.lines('constructed').length;
    traces.release('broken');
    expect((await app.order('/fragile', { id: 'last', leaves: true })).status).toBe(200);
    const waiting = app.order('/fragile', { id: 'patient' });
    await waitFor(() => constructed() >= 3, { what: 'two failed starts' });
    const reason = 'no replica is ready of stage Fragile';
    expect((await ask(`${app.process.url}/readyz`)).json).toEqual({ status: 'unavailable', reason });
    expect((await app.order('/one', { id: 'sound' })).status).toBe(200);
    rmSync(join(traces.path, 'broken'));
    expect((await waiting).status).toBe(200);
    await app.process.waitReady();
    await app.process.waitForLog(/worker could not start: .*the model file is gone.*next start in \d+ ms/s);
  });

  it('should leave no thread behind', async () => {
    // One that is replaced for its age may have a successor on its way.
    await waitFor(() => threadCount(app.process.pid) <= threads + 1);
  });

  it('should finish the item in flight when the server stops', async () => {
    const running = app.order('/one', { id: 'last', until: 'last-may-end' });
    await waitFor(() => app.entered('last'));
    const exited = app.process.stop();
    await waitFor(async () => (await ask(`${app.process.url}/readyz`)).status === 503);
    traces.release('last-may-end');
    expect((await running).status).toBe(200);
    expect(await exited).toEqual({ code: 0, signal: null });
  });
});

describe('when a stage in threads takes and gives large bodies', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startReadyApp('shared-memory', { env: { EXECUTION, SHARED_MEMORY: '{"thresholdBytes":10000}' } });
  });
  afterAll(() => app?.stop());

  const slots = async (): Promise<number> => (await scrape(app.url)).sum('mosec_service_shared_memory_slots');

  it('should hand them over in the memory of the process, and give every slot back', async () => {
    const tally = await relay({ url: `${app.url}/relay`, requests: 400, connections: 8, abortShare: 0.1 });
    expect([tally.wrong, tally.refused]).toEqual([0, new Map()]);
    const sent = seal(randomBytes(3_000_000));
    const shared = async () =>
      (await scrape(app.url)).sum('mosec_service_shared_memory_payloads_total', { way: 'shared' });
    const before = await shared();
    const response = await fetch(`${app.url}/relay`, { method: 'POST', body: sent });
    expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true);
    expect((await shared()) - before).toBe(3);
    await waitFor(async () => (await slots()) === 0, { what: 'no slot in use' });
  });

  it('should replace a thread that answers with a slot that is not its own', async () => {
    const { status } = await post(`${app.url}/forge`, { region: 1, offset: 0, length: 10_000 });
    expect(status).toBe(503);
    await app.waitForLog('sent what is no valid frame: region');
    expect((await post(`${app.url}/forge`, {})).text).toBe('{}');
    await waitFor(async () => (await slots()) === 0, { what: 'no slot in use' });
  });
});

describe('when a stage cannot start in a thread', () => {
  const traces = new TraceFolder();
  afterAll(() => traces.remove());

  it.each([
    ['throwing', /stage "Throwing" cannot start: .*weights\.bin is truncated/],
    [
      'moving',
      /stage "Moving" cannot start: this does not work in a thread, .*execution: 'process'.*process\.chdir\(\)/,
    ],
  ])('should end the server with the stage and the cause: %s', async (BROKEN, message) => {
    const app = await startApp('worker-broken', { env: { ...traces.env, EXECUTION, BROKEN } });
    const { code } = await app.exited;
    expect([code, app.stderr.join('\n')]).toEqual([1, expect.stringMatching(message)]);
  });
});
