import { describe, expect, it, vi } from 'vitest';
import { MosecError, type ErrorCode } from '#libs/contracts';
import { JobRun, type JobRunParts } from './job-run.js';
import { newRecord, type JobRecord } from './job-record.js';
import type { JobEnd } from './job-store.js';
import type { JobOutcome } from './job-work.js';

const order = { route: '/x', context: '{"id":"r"}', inputFormat: 0, outputFormat: 0, mediaType: 'text/plain' };
const record = newRecord({ ...order, timeoutMs: 60_000, stages: ['One', 'Two'] }, 'a', 1);
const succeeded: JobEnd = { state: 'succeeded', statusCode: 200, contentType: 'text/plain', payload: Buffer.from('x') };
const failure = (code: ErrorCode): JobOutcome => ({
  end: { ...succeeded, state: 'failed', statusCode: 500 },
  error: new MosecError('no', 500, code),
});

/** A job whose tries come to the given outcomes. */
function jobOf(outcomes: (JobOutcome | 'hangs')[], state: { now: JobRecord['state'] | 'gone' } = { now: 'queued' }) {
  let cancelled: (() => void) | undefined;
  const store = {
    begin: vi.fn(() => Promise.resolve(state.now === 'queued' || state.now === 'running' ? 'begun' : state.now)),
    read: vi.fn(() => Promise.resolve(state.now === 'gone' ? undefined : { ...record, state: state.now })),
    body: vi.fn(() => Promise.resolve<Buffer | null>(Buffer.from('body'))),
    finish: vi.fn((_id: string, _end: JobEnd) => Promise.resolve('finished')),
    requeue: vi.fn(() => Promise.resolve()),
    progress: vi.fn(() => Promise.resolve<string>(state.now)),
  };
  const runs: { abandoned?: string; onStage: (stage: number) => void }[] = [];
  const ended = vi.fn();
  const parts = {
    store,
    ended,
    clock: () => 1_000,
    feed: { whenCancelled: (_id: string, listener: () => void) => ((cancelled = listener), () => undefined) },
    site: {
      failed: (_record: JobRecord, error: MosecError) => failure(error.code).end,
      run: (_record: JobRecord, _body: Uint8Array, _deadline: number, onStage: (stage: number) => void) => {
        const outcome = outcomes.shift() as JobOutcome | 'hangs';
        const run: (typeof runs)[number] = { onStage };
        runs.push(run);
        let abandon: (error: MosecError) => void = () => undefined;
        const hangs = new Promise<JobOutcome>((resolve) => {
          abandon = (error) => {
            run.abandoned = error.code;
            resolve(failure(error.code));
          };
        });
        return { outcome: outcome === 'hangs' ? hangs : Promise.resolve(outcome), abandon };
      },
    },
  } as unknown as JobRunParts;
  return { run: new JobRun('a', parts), store, runs, ended, cancel: () => cancelled?.(), state };
}

describe('when a job is run', () => {
  it('should write its end', async () => {
    const { run, store, ended } = jobOf([{ end: succeeded }]);
    expect(await run.run(0)).toBe('ended');
    expect(store.finish).toHaveBeenCalledWith('a', succeeded);
    expect(ended).toHaveBeenCalledWith(expect.objectContaining({ id: 'a' }), undefined);
  });

  it.each(['succeeded', 'cancelled', 'gone'] as const)('should not be begun again when it is %s', async (now) => {
    const { run, runs, store } = jobOf([], { now });
    expect(await run.run(1)).toBe('ended');
    expect([runs.length, store.finish.mock.calls.length]).toEqual([0, 0]);
  });

  it('should be offered again while the queue of its stage is full', async () => {
    const { run, runs, store } = jobOf([failure('QUEUE_FULL'), failure('QUEUE_FULL'), { end: succeeded }]);
    expect(await run.run(0)).toBe('ended');
    expect(runs).toHaveLength(3);
    expect(store.finish).toHaveBeenCalledWith('a', succeeded);
  });

  it('should write progress, and stop where the job has ended elsewhere', async () => {
    const { run, runs, store, state } = jobOf(['hangs']);
    const result = run.run(0);
    await expect.poll(() => runs.length).toBe(1);
    runs[0]?.onStage(1);
    expect(store.progress).toHaveBeenCalledWith('a', 1);
    state.now = 'succeeded';
    runs[0]?.onStage(2);
    expect(await result).toBe('ended');
    expect([runs[0]?.abandoned, store.finish.mock.calls.length]).toEqual(['CANCELLED', 0]);
  });
});

describe('when somebody else decides about a job that runs', () => {
  it.each(['cancelled', 'gone'] as const)('should stop when it is %s', async (now) => {
    const { run, runs, store, state, cancel, ended } = jobOf(['hangs']);
    const result = run.run(0);
    await expect.poll(() => runs.length).toBe(1);
    state.now = now;
    cancel();
    expect(await result).toBe('ended');
    expect([runs[0]?.abandoned, store.finish.mock.calls.length]).toEqual(['CANCELLED', 0]);
    expect(ended).not.toHaveBeenCalled();
  });

  it('should go back to the queue when the process stops', async () => {
    const { run, runs, store } = jobOf(['hangs']);
    const result = run.run(0);
    await expect.poll(() => runs.length).toBe(1);
    run.handBack();
    expect(await result).toBe('handed-back');
    expect([store.requeue.mock.calls.length, store.finish.mock.calls.length]).toEqual([1, 0]);
  });

  it('should go back without a try when the process was stopping before', async () => {
    const { run, runs, store } = jobOf([]);
    run.handBack();
    expect(await run.run(0)).toBe('handed-back');
    expect([runs.length, store.requeue.mock.calls.length]).toEqual([0, 1]);
  });
});

describe('when a job has taken processes down', () => {
  it('should be tried again after the first, and fail after the second', async () => {
    const once = jobOf([{ end: succeeded }], { now: 'running' });
    expect(await once.run.run(1)).toBe('ended');
    expect(once.store.finish).toHaveBeenCalledWith('a', succeeded);
    const twice = jobOf([], { now: 'running' });
    expect(await twice.run.run(2)).toBe('ended');
    expect(twice.store.begin).not.toHaveBeenCalled();
    expect(twice.ended.mock.calls[0]?.[1]).toMatchObject({ code: 'WORKER_CRASHED', statusCode: 500 });
  });

  it('should not run without its body', async () => {
    const { run, store } = jobOf([]);
    store.body.mockResolvedValue(null);
    await expect(run.run(0)).rejects.toThrow('its body is gone');
  });
});
