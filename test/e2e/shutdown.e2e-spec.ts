import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { ask, post, type Answer } from '../support/post.js';
import { childPids, isAlive } from '../support/processes.js';
import { RawHttp } from '../support/raw-http.js';
import { startApp, startReadyApp, type StartOptions } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
const apps: AppProcess[] = [];

/** A server with one request inside, which ends when `<id>-may-end` is released. */
async function startBusy(id: string, options: StartOptions = {}, order: object = {}) {
  const app = await startReadyApp('worker-crash', { ...options, env: { ...traces.env, ...options.env } });
  apps.push(app);
  const inside = post(`${app.url}/perform`, { id, until: `${id}-may-end`, ...order });
  await waitFor(() => traces.lines('entered').includes(id), { what: 'the request to be entered' });
  return { app, inside, workers: childPids(app.pid) };
}

/** Sees the server refuse what is new, lets the request inside end, and sees all of it gone. */
async function expectGracefulEnd(app: AppProcess, inside: Promise<Answer>, workers: number[], id: string) {
  const unready = await waitFor(async () => {
    const answer = await ask(`${app.url}/readyz`);
    return answer.status === 503 && answer;
  });
  expect(unready.json).toMatchObject({ reason: 'gracefully shutting down' });
  const refused = await post(`${app.url}/perform`, { id: `${id}-late` });
  expect(refused.status).toBe(503);
  expect(refused.headers.get('connection')).toBe('close');
  expect(refused.json).toMatchObject({ code: 'DRAINING', statusCode: 503 });
  expect(workers.every(isAlive)).toBe(true);
  traces.release(`${id}-may-end`);
  const answer = await inside;
  expect(answer.status, answer.text).toBe(200);
  expect(await app.exited).toEqual({ code: 0, signal: null });
  expect(workers.filter(isAlive)).toEqual([]);
  expect(traces.lines('entered')).not.toContain(`${id}-late`);
}

afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop('SIGKILL')));
  traces.remove();
});

describe('when the server gets SIGTERM', () => {
  it('should refuse new requests, finish those inside, and end with 0 and without its workers', async () => {
    const { app, inside, workers } = await startBusy('term');
    expect(workers).toHaveLength(4);
    app.kill('SIGTERM');
    await expectGracefulEnd(app, inside, workers, 'term');
  });

  it('should answer 503 to what is still inside after the drain timeout, and end with 1', async () => {
    const { app, inside, workers } = await startBusy('slow', { args: ['--drain-timeout', '200'] });
    app.kill('SIGTERM');
    const answer = await inside;
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ code: 'DRAINING' });
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(workers.filter(isAlive)).toEqual([]);
    expect(app.output).toContain('1 requests were still open after the drain timeout');
  });
});

describe('when a client keeps a connection open', () => {
  it('should not wait for one that has never carried a request', async () => {
    const { app, inside, workers } = await startBusy('unused');
    const unused = await RawHttp.connect(app.port);
    app.kill('SIGTERM');
    await expectGracefulEnd(app, inside, workers, 'unused');
    await waitFor(() => unused.isClosed);
  });
});

describe('when a worker does not come back to its event loop', () => {
  it('should be killed after the drain timeout, and the server end with 1', async () => {
    const { app, inside, workers } = await startBusy(
      'stuck',
      { args: ['--drain-timeout', '100'] },
      { busyMs: 120_000 },
    );
    app.kill('SIGTERM');
    expect((await inside).status).toBe(503);
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(workers.filter(isAlive)).toEqual([]);
  });
});

describe('when the server gets SIGTERM while its stages load', () => {
  it('should end with 0 and without its workers', async () => {
    const app = await startApp('worker-di', { env: traces.env });
    apps.push(app);
    await waitFor(() => traces.lines('constructed').length === 2, { what: 'both replicas to load' });
    const workers = childPids(app.pid);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(workers.length).toBeGreaterThan(0);
    expect(workers.filter(isAlive)).toEqual([]);
  });
});

describe('when the whole process group gets SIGINT, as by Ctrl-C', () => {
  it('should stop as gracefully', async () => {
    const { app, inside, workers } = await startBusy('int', { detached: true });
    process.kill(-app.pid, 'SIGINT');
    await expectGracefulEnd(app, inside, workers, 'int');
  });
});

describe('when the server runs as PID 1', () => {
  const namespace = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];

  it('should stop as gracefully', async ({ skip }) => {
    const attempt = spawnSync('unshare', [...namespace.slice(1), 'true'], { encoding: 'utf8' });
    if (attempt.status !== 0) skip(`a PID namespace is not permitted here: ${attempt.stderr || String(attempt.error)}`);
    const { app, inside } = await startBusy('init', { wrapper: namespace });
    const [init = 0] = childPids(app.pid);
    const workers = childPids(init);
    expect(workers).toHaveLength(4);
    process.kill(init, 'SIGTERM');
    await expectGracefulEnd(app, inside, workers, 'init');
  });
});
