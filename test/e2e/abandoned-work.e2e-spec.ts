import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Order } from '../fixtures/work/order.js';
import { scrape } from '../support/metrics.js';
import { post } from '../support/post.js';
import { childPids, isAlive } from '../support/processes.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
let app: WorkApp;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, hungMs: 700, drainTimeoutMs: 60_000 },
    routes: { '/one': {}, '/pair': { stage: 'batch', maxBatchSize: 2, maxWaitMs: 30_000, waitPolicy: 'fixed' } },
  });
});
afterAll(async () => {
  await app?.process.stop('SIGKILL');
  traces.remove();
});

/** Sends an order and leaves when the stage has been entered with it. */
async function orderAndLeave(path: string, order: Order): Promise<void> {
  const leaving = new AbortController();
  const request = fetch(`${app.process.url}${path}`, {
    method: 'POST',
    body: JSON.stringify(order),
    signal: leaving.signal,
  });
  await waitFor(() => app.entered(order.id), { what: `${order.id} to be entered` });
  leaving.abort();
  await expect(request).rejects.toThrow('abort');
}

describe('when every client of a running batch has gone', () => {
  it('should leave a worker alone that returns', async () => {
    const { report } = await app.order('/one', { id: 'who' });
    await orderAndLeave('/one', { id: 'obedient', until: 'never' });
    await waitFor(() => traces.lines('aborted').includes('obedient'));
    expect((await app.order('/one', { id: 'same' })).report.pid).toBe(report.pid);
  });

  it('should replace a worker that goes on for hungMs', async () => {
    const { report } = await app.order('/one', { id: 'who-2' });
    await orderAndLeave('/one', { id: 'busy', spinMs: 600_000 });
    const next = await app.order('/one', { id: 'next' });
    expect(next.status).toBe(200);
    expect(next.report).toMatchObject({ workerId: report.workerId, tries: 1 });
    expect(isAlive(report.pid)).toBe(false);
    expect(traces.lines('entered').filter((id) => id === 'busy')).toHaveLength(1);
  });

  it('should replace it as well when they went by their deadline', async () => {
    const { report } = await app.order('/one', { id: 'who-3' });
    const timeout = { 'x-request-timeout': '300' };
    expect((await app.order('/one', { id: 'busy-2', spinMs: 600_000 }, timeout)).status).toBe(408);
    expect((await app.order('/one', { id: 'next-2' })).report.pid).not.toBe(report.pid);
  });
});

describe('when one client of a running batch is still there', () => {
  it('should not touch its worker, however long that takes', async () => {
    const stays = app.order('/pair', { id: 'stays', until: 'stays-may-end' });
    await orderAndLeave('/pair', { id: 'leaves', until: 'never' });
    await waitFor(() => traces.lines('aborted').includes('leaves'));
    const clock = await app.order('/one', { id: 'clock', until: 'never' }, { 'x-request-timeout': '1500' });
    expect(clock.status).toBe(408);
    traces.release('stays-may-end');
    const answer = await stays;
    expect(answer.status).toBe(200);
    expect(answer.report).toMatchObject({ id: 'stays', tries: 1 });
  });
});

describe('when a worker is stopped in its sleep', () => {
  it('should be replaced once nobody waits any more for what it was sent', async () => {
    const { report } = await app.order('/one', { id: 'who-4' });
    process.kill(report.pid, 'SIGSTOP');
    const asleep = await app.order('/one', { id: 'asleep' }, { 'x-request-timeout': '300' });
    expect(asleep.status).toBe(408);
    const next = await app.order('/one', { id: 'next-4' });
    expect(next.status).toBe(200);
    expect(next.report.pid).not.toBe(report.pid);
    expect(isAlive(report.pid)).toBe(false);
    expect(app.entered('asleep')).toBe(false);
  });
});

describe('when the server drains with work behind a worker that hangs', () => {
  it('should replace the worker and answer the rest', async () => {
    await orderAndLeave('/one', { id: 'hangs', spinMs: 600_000 });
    const behind = post(`${app.process.url}/one`, { id: 'behind' });
    const before = performance.now();
    await waitFor(async () => (await scrape(app.process.url)).sum('mosec_service_remaining_task') === 1);
    const workers = childPids(app.process.pid);
    app.process.kill('SIGTERM');
    expect((await behind).status).toBe(200);
    expect(await app.process.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - before).toBeLessThan(50_000);
    expect(workers.filter(isAlive)).toEqual([]);
  });
});
