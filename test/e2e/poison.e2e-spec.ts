import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { childPids } from '../support/processes.js';
import { startReadyApp } from '../support/start-app.js';
import { TraceFolder } from '../support/trace-folder.js';

// Starting several workers takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

interface Report {
  id: string;
  tries: number;
  code?: string;
}

describe.each(['process', 'thread'] as const)('with execution %s', (execution) => {
  const traces = new TraceFolder();
  let app: AppProcess;

  const perform = async (order: object, route = '/perform') => {
    const { status, json } = await post(`${app.url}${route}`, order);
    return { status, report: json as Report };
  };

  beforeAll(async () => {
    const env = { ...traces.env, EXECUTION: execution };
    app = await startReadyApp('worker-crash', { env, execArgv: ['--max-old-space-size=150'] });
  });
  afterAll(async () => {
    await app?.stop();
    traces.remove();
  });

  describe('when one item of a batch ends the worker', () => {
    it('should fail alone with 500 WORKER_CRASHED while its seven batch-mates succeed', async () => {
      const orders = Array.from({ length: 8 }, (_, i) => ({ id: `mate-${i}`, ...(i === 3 && { exitCode: 1 }) }));
      const answers = await Promise.all(orders.map((order) => perform(order, '/batch')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 500, 200, 200, 200, 200]);
      expect(answers[3]?.report.code).toBe('WORKER_CRASHED');
      for (const [i, { status, report }] of answers.entries()) {
        if (status === 200) expect(report).toMatchObject({ id: `mate-${i}`, tries: 2 });
      }
      const [together = '', ...alone] = traces.lines('batches');
      expect(together.split('+')).toHaveLength(8);
      expect(alone.sort()).toEqual(orders.map(({ id }) => id));
    });
  });

  describe('when an item ends two workers', () => {
    it.each([
      ['by process.exit', { exitCode: 3 }, /worker ended: exited with code 3/],
      ['by an error that nobody catches', { uncaught: true }, /nobody catches this/],
      ['by filling the heap', { fillsHeap: true }, /worker ended: (killed by SIGABRT|out of memory)/],
    ])(
      'should be answered 500 WORKER_CRASHED after two runs, and take nothing else down: %s',
      async (how, part, log) => {
        const { status, report } = await perform({ id: how, ...part });
        expect({ status, code: report.code }).toEqual({ status: 500, code: 'WORKER_CRASHED' });
        expect(traces.lines('entered').filter((id) => id === how)).toHaveLength(2);
        await app.waitForLog(log);
        const after = await Promise.all(Array.from({ length: 10 }, (_, i) => perform({ id: `${how}-${i}` })));
        expect(after.map((answer) => answer.status)).toEqual(Array(10).fill(200));
      },
    );

    it('should be answered 503 WORKER_LOST after one run where the stage has retryOnCrash: false', async () => {
      const { status, report } = await perform({ id: 'once', exitCode: 1 }, '/perform-once');
      expect({ status, code: report.code }).toEqual({ status: 503, code: 'WORKER_LOST' });
      expect((await perform({ id: 'after-once' }, '/perform-once')).status).toBe(200);
      expect(traces.lines('entered').filter((id) => id === 'once')).toHaveLength(1);
    });
  });

  it('should run its stages where it says', () => {
    expect(childPids(app.pid)).toHaveLength(execution === 'process' ? 4 : 0);
  });
});
