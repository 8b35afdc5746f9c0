import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type BatchPlan } from './batch-plan.js';
import { BatchRun } from './batch-run.js';
import { newTally } from './batch-tally.js';
import { bytesOf } from './input/collect.fixture.js';
import { readInput } from './input/read-input.js';
import { type LineRequest } from './input/line-request.js';
import { ConcurrencyLimit } from './sending/concurrency-limit.js';
import { type LineSender } from './sending/line-sender.js';
import { type Reply } from './sending/reply.js';
import { StopSignal } from './stop-signal.js';

const MIB = 1024 * 1024;
const PLAN = { route: '/x', format: 'auto', concurrency: 4, maxLineBytes: 32 * MIB } as BatchPlan;
const answer = (status = 200): Reply => ({
  ...{ status, mediaType: 'text/plain', requestId: undefined, retryAfterMs: undefined },
  body: Buffer.from('ok'),
});
const text = (count: number, line = '1'): string => `${line}\n`.repeat(count);

/** A run whose lines are answered when a test says so. */
function startRun(input: string, plan: Partial<BatchPlan> = {}) {
  const sent: { key: string; answer: (reply: Reply | undefined) => void }[] = [];
  const tally = newTally();
  const stop = new StopSignal();
  const written: string[] = [];
  const sender = {
    outcomeOf: (_: LineRequest, key: string) =>
      new Promise<Reply | undefined>((resolve) => sent.push({ key, answer: resolve })),
  } as unknown as LineSender;
  const whole = { ...PLAN, ...plan };
  const sink = { write: async (lines: string) => void written.push(lines), close: async () => undefined };
  const limit = new ConcurrencyLimit(whole.concurrency);
  const run = new BatchRun({ plan: whole, run: 'r', ...{ sink, sender, limit, stop, tally } });
  const complete = run.work(readInput(bytesOf(input), whole.maxLineBytes));
  const outputLines = (): number => written.join('').split('\n').length - 1;
  return { sent, tally, stop, complete, outputLines };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
};

describe('when lines are taken', () => {
  it('should have no more on their way than the limit says', async () => {
    const { sent, tally, complete, outputLines } = startRun(text(9));
    await settle();
    expect([sent.length, tally.active]).toEqual([4, 4]);
    for (let turn = 0; turn < 9; turn++) {
      sent[turn]?.answer(answer());
      await settle();
    }
    expect([await complete, tally.lines, outputLines()]).toEqual([true, 9, 9]);
    expect(sent.map(({ key }) => key)).toEqual(Array.from({ length: 9 }, (_, index) => `r-${index + 1}`));
  });

  it('should not run far ahead of a line that takes long', async () => {
    const { sent, complete, tally } = startRun(text(1000), { concurrency: 2 });
    for (let seen = -1; seen !== sent.length; await settle()) {
      seen = sent.length;
      for (const { answer: reply } of sent.slice(1)) reply(answer());
    }
    expect([sent.length, tally.lines]).toEqual([64, 0]);
    for (let next = 0; next < 1000; next++) {
      sent[next]?.answer(answer());
      if (next % 8 === 0 || !sent[next + 1]) await settle();
    }
    expect([await complete, tally.lines]).toEqual([true, 1000]);
  });

  it('should hold few large ones at a time', async () => {
    const { sent, complete } = startRun(text(4, JSON.stringify('x'.repeat(25 * MIB))));
    await settle();
    expect(sent.length).toBe(2);
    for (let next = 0; next < 4; next++) {
      sent[next]?.answer(answer());
      await settle();
    }
    expect(await complete).toBe(true);
  });
});

describe('when a run ends early', () => {
  it('should write the answers that still come, up to the first line without one', async () => {
    const { sent, stop, complete, tally, outputLines } = startRun(text(9));
    await settle();
    stop.stop();
    sent.forEach(({ answer: reply }, index) => reply(index === 2 ? undefined : answer()));
    expect([await complete, tally.lines, outputLines(), sent.length]).toEqual([false, 2, 2, 4]);
  });

  it('should end at the first failed line where it is told to', async () => {
    const { sent, complete, tally } = startRun(text(9), { failFast: true, concurrency: 1 });
    await settle();
    sent[0]?.answer(answer(422));
    expect([await complete, tally, sent.length]).toMatchObject([false, { lines: 1, failed: 1 }, 1]);
  });
});

describe('when lines cannot be sent', () => {
  it('should write an outcome of each, and count it as failed', async () => {
    const { sent, complete, tally, outputLines } = startRun('\n{"a"\n');
    expect([await complete, sent.length, outputLines(), tally.failed]).toEqual([true, 0, 2, 2]);
  });
});
