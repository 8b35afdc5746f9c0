import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { childPids, isAlive } from '../support/processes.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

interface Report {
  id: string;
  pid: number;
  workerId: number;
  tries: number;
}

const traces = new TraceFolder();
let app: AppProcess;

const perform = async (order: object, route = '/perform') => {
  const { status, json } = await post(`${app.url}${route}`, order);
  return { status, report: json as Report & { code?: string } };
};

/** Pid of the worker that was the first to enter the item. */
const workerOf = async (id: string): Promise<number> =>
  Number(await waitFor(() => traces.lines(`entered-by-${id}`)[0], { what: `item ${id} to be entered` }));

beforeAll(async () => {
  app = await startReadyApp('worker-crash', { env: traces.env });
});
afterAll(async () => {
  await app?.stop();
  traces.remove();
});

describe('when an idle worker is killed', () => {
  it('should answer all requests, and replace it under its own worker id', async () => {
    const { report } = await perform({ id: 'victim' });
    process.kill(report.pid, 'SIGKILL');
    const during = await Promise.all(Array.from({ length: 10 }, (_, i) => perform({ id: `during-${i}` })));
    expect(during.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(isAlive(report.pid)).toBe(false);
    let next = 0;
    const replacement = await waitFor(async () => {
      const answers = await Promise.all(Array.from({ length: 4 }, () => perform({ id: `later-${next++}` })));
      return answers.find((answer) => answer.report.workerId === report.workerId)?.report;
    });
    expect(replacement.pid).not.toBe(report.pid);
    await app.waitForLog(/worker ended: killed by SIGKILL/);
  });
});

describe('when a worker dies while it runs an item', () => {
  it('should run the item once more elsewhere and answer 200', async () => {
    const answer = perform({ id: 'rerun', hangFirst: true });
    const pid = await workerOf('rerun');
    process.kill(pid, 'SIGKILL');
    const { status, report } = await answer;
    expect(status).toBe(200);
    expect(report).toMatchObject({ id: 'rerun', tries: 2 });
    expect(report.pid).not.toBe(pid);
  });

  it('should answer 503 WORKER_LOST without a second run where the stage has retryOnCrash: false', async () => {
    const answer = perform({ id: 'once', hangFirst: true }, '/perform-once');
    process.kill(await workerOf('once'), 'SIGKILL');
    const { status, report } = await answer;
    expect({ status, code: report.code }).toEqual({ status: 503, code: 'WORKER_LOST' });
    const after = await perform({ id: 'after-once' }, '/perform-once');
    expect(after.status).toBe(200);
    expect(traces.lines('entered').filter((id) => id === 'once')).toHaveLength(1);
  });
});

describe('when the gateway is killed', () => {
  let gateway: AppProcess;
  beforeAll(async () => {
    gateway = await startReadyApp('worker-crash', { env: traces.env });
  });
  afterAll(() => gateway?.stop('SIGKILL'));

  it('should leave no worker behind, not even one that computes', async () => {
    const workers = childPids(gateway.pid);
    expect(workers).toHaveLength(4);
    const lost = post(`${gateway.url}/perform`, { id: 'busy', busyMs: 2_000 }).catch(() => 'connection lost');
    const busy = await workerOf('busy');
    expect(workers).toContain(busy);
    await gateway.stop('SIGKILL');
    expect(await lost).toBe('connection lost');
    await waitFor(() => workers.every((pid) => !isAlive(pid)), { what: 'the workers to end' });
  });
});
