import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdminClient } from '../support/admin-client.js';
import { scrape } from '../support/metrics.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { SteadyLoad } from '../support/steady-load.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several workers takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const cores = availableParallelism();
const traces = new TraceFolder();
let app: WorkApp;
let admin: AdminClient;

beforeAll(async () => {
  app = await startReadyWork(traces, {
    admin: true,
    options: { timeoutMs: 60_000 },
    routes: {
      '/work': { autoscale: { min: 1, max: cores + 20, targetQueueWaitMs: 20, upAfterMs: 300, downAfterMs: 600 } },
    },
  });
  admin = new AdminClient(app.process.url);
});
afterAll(async () => {
  await app?.process.stop();
  traces.remove();
});

/** The gauges of the stage's replicas, as a scrape shows them. */
async function gauges(): Promise<{ desired: number; ready: number }> {
  const { sum } = await scrape(app.process.url);
  const of = (name: string): number => sum(`mosec_service_${name}_replicas`, { stage: 'Work' });
  return { desired: of('desired'), ready: of('ready') };
}

// One replica is a whole machine of one core.
describe.runIf(cores > 1)('when items wait too long in the queue of a stage with autoscale', () => {
  it('should add replicas, as many as cores at most, and let them go again when all is quiet', async () => {
    expect((await admin.pool('Work')).desiredReplicas).toBe(1);
    expect(await gauges()).toEqual({ desired: 1, ready: 1 });
    const load = new SteadyLoad(app, '/work', 24, { spinMs: 5 });
    await admin.until('Work', ({ readyReplicas }) => readyReplicas === cores);
    await waitFor(() => new Set(load.answers.map(({ report }) => report.workerId)).size === cores);
    expect(await gauges()).toEqual({ desired: cores, ready: cores });
    const line = await app.process.waitForLog(/scaled from 1 to 2 replicas: items waited \d+ ms over the last 300 ms/);
    expect(JSON.parse(line)).toMatchObject({ context: 'Work', level: 'log' });
    const busy = await admin.pool('Work');
    expect(busy.autoscale).toMatchObject({ max: cores + 20 });
    expect(busy.desiredReplicas).toBe(cores);
    await load.stop();
    expect(load.statuses).toEqual([200]);

    await admin.until('Work', ({ desiredReplicas, replicas }) => desiredReplicas === 1 && replicas.length === 1);
    await app.process.waitForLog(/scaled from 2 to 1 replicas: 0\.\d of 2 replicas were busy over the last 600 ms/);
    expect(await gauges()).toEqual({ desired: 1, ready: 1 });
    expect((await app.order('/work', { id: 'after' })).status).toBe(200);
  });
});

describe('when a stage with autoscale is scaled by hand', () => {
  it('should refuse what is outside its bounds', async () => {
    const { status, json } = await admin.post('Work', 'scale', { replicas: cores + 21 });
    expect(status).toBe(409);
    expect((json as { message: string }).message).toContain(`is scaled by itself from 1 to ${cores + 20} replicas`);
  });

  it('should go on from there by itself', async () => {
    const { status } = await admin.post('Work', 'scale', { replicas: 2 });
    expect(status).toBe(200);
    await admin.until('Work', ({ desiredReplicas }) => desiredReplicas === 1);
  });
});

describe('when a stage with autoscale is paused', () => {
  it('should add no replicas for what waits meanwhile', async () => {
    await admin.post('Work', 'pause');
    const waiting = Array.from({ length: 8 }, (_, i) => app.order('/work', { id: `waits-${i}` }));
    await admin.until('Work', ({ queueDepth, oldestWaitMs }) => queueDepth === 8 && oldestWaitMs > 1500);
    expect((await admin.pool('Work')).desiredReplicas).toBe(1);
    await admin.post('Work', 'resume');
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
  });
});
