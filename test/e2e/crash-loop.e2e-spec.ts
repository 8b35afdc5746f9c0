import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '../support/post.js';
import { startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// A back-off that grows takes its time.
vi.setConfig({ testTimeout: 90_000 });

const traces = new TraceFolder();
let app: WorkApp;

/** When a worker was constructed, in milliseconds, since the first that could not be. */
const starts = (): number[] =>
  traces
    .lines('constructed')
    .slice(1)
    .map((line) => Number(line.split(' ')[1]));

beforeAll(async () => {
  app = await startReadyWork(traces, {
    options: { timeoutMs: 60_000, startAttempts: 2 },
    routes: { '/fragile': { stage: 'fragile' }, '/sound': {} },
  });
});
afterAll(async () => {
  await app?.process.stop();
  traces.remove();
});

describe('when a stage that was ready cannot start any more', () => {
  let answers: Promise<{ status: number }>[];

  it('should be unready and name the stage, while the others go on', async () => {
    const { report } = await app.order('/fragile', { id: 'before' });
    traces.release('broken');
    process.kill(report.pid, 'SIGKILL');
    const unready = await waitFor(async () => {
      const answer = await ask(`${app.process.url}/readyz`);
      return answer.status === 503 && answer;
    });
    expect(unready.json).toEqual({ status: 'unavailable', reason: 'no replica is ready of stage Fragile' });
    expect((await app.order('/sound', { id: 'sound' })).status).toBe(200);
    answers = Array.from({ length: 20 }, (_, i) => app.order('/fragile', { id: `patient-${i}` }));
  });

  it('should let requests wait until their deadline, and tell nothing of the cause', async () => {
    const start = performance.now();
    const answer = await app.order('/fragile', { id: 'impatient' }, { 'x-request-timeout': '700' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(695);
    expect(answer.status).toBe(408);
    expect(answer.text).not.toMatch(/model|file|\//);
  });

  it('should try again with growing pauses, more often than startAttempts', async () => {
    await waitFor(() => starts().length >= 5, { timeoutMs: 60_000 });
    const times = starts();
    const pauses = times.slice(1).map((time, i) => time - (times[i] as number));
    // At once after the first death, then at least half of 500, 1000, 2000 ms.
    for (const [i, least] of [250, 500, 1_000].entries()) expect(pauses[i]).toBeGreaterThanOrEqual(least);
    expect(app.process.isRunning).toBe(true);
    await app.process.waitForLog(/worker could not start: .*the model file is gone.*next start in \d+ ms/s);
  });

  it('should recover without a restart, and answer what has waited', async () => {
    rmSync(join(traces.path, 'broken'));
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    expect((await ask(`${app.process.url}/readyz`)).status).toBe(200);
  });
});
