import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Report } from '../fixtures/work/order.js';
import { childPids, isAlive } from '../support/processes.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
let app: WorkApp;
let workers: number;
let asked = 0;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000 },
    routes: {
      '/requests': { replicas: 2, recycle: { maxRequests: 60 } },
      '/age': { recycle: { maxAgeMs: 800 } },
      '/memory': { recycle: { maxRssBytes: 1 } },
      '/batch': { stage: 'batch', maxBatchSize: 8, recycle: { maxRequests: 40 } },
    },
  });
  workers = childPids(app.process.pid).length;
});
afterAll(async () => {
  await app?.process.stop();
  traces.remove();
});

/** Eight clients that ask again and again until `enough`; every answer must be right. */
async function load(path: string, enough: (reports: readonly Report[]) => boolean): Promise<Report[]> {
  const reports: Report[] = [];
  const client = async (): Promise<void> => {
    while (!enough(reports)) {
      const id = `${path}-${asked++}`;
      const answer = await app.order(path, { id });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.report).toMatchObject({ id, tries: 1 });
      reports.push(answer.report);
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  return reports;
}

const pidsOf = (reports: readonly Report[]): Set<number> => new Set(reports.map(({ pid }) => pid));

describe('when workers are recycled under load', () => {
  it.each([
    ['/requests', 6, [1, 2]],
    ['/batch', 4, [1]],
    ['/age', 3, [1]],
    ['/memory', 3, [1]],
  ])('should fail no request and keep their ids: %s', async (path, lives, ids) => {
    const reports = await load(path, (soFar) => pidsOf(soFar).size >= lives);
    expect([...new Set(reports.map(({ workerId }) => workerId))].sort()).toEqual(ids);
  });

  it('should leave no old worker behind', async () => {
    const first = await load('/requests', (reports) => pidsOf(reports).size >= 3);
    const [old] = pidsOf(first);
    await waitFor(() => !isAlive(old as number), { what: 'the old worker to end' });
    // Those with a limit of age or memory are replaced for ever, so one successor each may be on its way.
    await waitFor(() => childPids(app.process.pid).length <= workers + 2);
  });

  it('should have said why', async () => {
    await app.process.waitForLog(/worker answered \d+ items: a successor is loading/);
    await app.process.waitForLog(/worker is \d+ ms old: a successor is loading/);
    await app.process.waitForLog(/worker uses \d+ bytes of memory: a successor is loading/);
    expect(app.process.output).not.toMatch(/worker ended: killed/);
  });
});
