import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lifeOf, startReadyWork, type WorkApp } from '../support/start-work.js';
import { TraceFolder } from '../support/trace-folder.js';
import { waitFor } from '../support/wait-for.js';

// Starting several processes takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

describe.each([
  ['process', 'killed by SIGKILL'],
  ['thread', 'terminated'],
] as const)('with execution %s', (execution, ending) => {
  const traces = new TraceFolder();
  let app: WorkApp;

  beforeAll(async () => {
    app = await startReadyWork(traces, {
      options: { timeoutMs: 60_000, killGraceMs: 400, hungMs: 600_000 },
      routes: {
        '/one': { execution, timeoutMs: 600 },
        '/batch': {
          execution,
          stage: 'batch',
          timeoutMs: 600,
          maxBatchSize: 3,
          maxWaitMs: 30_000,
          waitPolicy: 'fixed',
        },
        '/quick': { execution, timeoutMs: 1_500 },
      },
    });
  });
  afterAll(async () => {
    await app?.process.stop();
    traces.remove();
  });

  describe('when a forward exceeds timeoutMs and minds its signal', () => {
    it('should answer 408 at that time, abort its signal, and keep the worker', async () => {
      const before = await app.order('/one', { id: 'before' });
      const start = performance.now();
      const late = await app.order('/one', { id: 'late', until: 'never' });
      const elapsed = performance.now() - start;
      expect(late.status).toBe(408);
      expect(late.report).toMatchObject({ code: 'TIMEOUT', message: 'forward took longer than 600 ms' });
      expect(elapsed).toBeGreaterThanOrEqual(595);
      expect(elapsed).toBeLessThan(10_000);
      await waitFor(() => traces.lines('aborted').includes('late'));
      const after = await app.order('/one', { id: 'after' });
      expect(after.report).toMatchObject({ id: 'after', ...lifeOf(before.report) });
      expect(traces.lines('entered').filter((id) => id === 'late')).toHaveLength(1);
    });
  });

  describe('when a batch exceeds timeoutMs', () => {
    it('should answer 408 to all its members and abort the signal of each', async () => {
      const ids = ['b-0', 'b-1', 'b-2'];
      const answers = await Promise.all(ids.map((id) => app.order('/batch', { id, until: 'never' })));
      expect(answers.map(({ status }) => status)).toEqual([408, 408, 408]);
      await waitFor(() => ids.every((id) => traces.lines('aborted').includes(id)));
    });
  });

  describe('when a forward ignores its abort', () => {
    it('should be killed after killGraceMs and replaced under its worker id', async () => {
      const { report: first } = await app.order('/one', { id: 'first' });
      const deaf = await app.order('/one', { id: 'deaf', until: 'never', deaf: true });
      expect(deaf.status).toBe(408);
      const next = await app.order('/one', { id: 'next' });
      expect(next.report).toMatchObject({ id: 'next', workerId: first.workerId, tries: 1 });
      expect(lifeOf(next.report)).not.toEqual(lifeOf(first));
      expect(traces.lines('entered').filter((id) => id === 'deaf')).toHaveLength(1);
      await app.process.waitForLog(`worker ended: ${ending}`);
    });

    it('should be killed also when it does not come back to its event loop', async () => {
      const { report: first } = await app.order('/one', { id: 'first-2' });
      const stuck = await app.order('/one', { id: 'stuck', spinMs: 600_000 });
      expect(stuck.status).toBe(408);
      const next = await app.order('/one', { id: 'next-2' });
      expect(lifeOf(next.report)).not.toEqual(lifeOf(first));
    });

    it('should take nothing down with it that had been sent ahead', async () => {
      // Quick forwards, so that frames are sent ahead.
      for (let i = 0; i < 30; i++) await app.order('/quick', { id: `warm-${i}` });
      const stuck = app.order('/quick', { id: 'stuck-ahead', spinMs: 600_000 });
      await waitFor(() => app.entered('stuck-ahead'));
      const mates = await Promise.all(Array.from({ length: 12 }, (_, i) => app.order('/quick', { id: `mate-${i}` })));
      expect((await stuck).status).toBe(408);
      expect(mates.map(({ status, report }) => `${status} ${report.tries}`)).toEqual(Array(12).fill('200 1'));
      expect(new Set(mates.map(({ report }) => Object.values(lifeOf(report)).join())).size).toBe(1);
    });
  });
});
