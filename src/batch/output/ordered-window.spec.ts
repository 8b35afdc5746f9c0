import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type InputLine } from '../input/input-line.js';
import { OrderedWindow } from './ordered-window.js';
import { type Progress } from './result-sink.js';

const lineOf = (number: number): InputLine => ({
  ...{ number, bytes: Buffer.from('ab'), length: 2, end: number * 3, ended: true },
  fingerprint: `f${number}`,
});

function windowOf(write: (text: string, upTo: Progress) => Promise<void>) {
  const changed = vi.fn();
  const written: number[] = [];
  const window = new OrderedWindow(
    { write, close: async () => undefined },
    ({ line }) => written.push(line.number),
    changed,
  );
  return { window, written, changed };
}

describe('when outcomes come in any order', () => {
  it('should write them in order, each once, and be empty at the end', async () => {
    const order = fc.integer({ min: 1, max: 30 }).chain((count) => {
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      return fc.shuffledSubarray(numbers, { minLength: count, maxLength: count });
    });
    await fc.assert(
      fc.asyncProperty(order, async (numbers) => {
        const texts: string[] = [];
        const { window, written } = windowOf(async (text) => void texts.push(text));
        const entries = numbers.map((_, index) => window.enter(lineOf(index + 1)));
        for (const number of numbers) {
          window.settle(entries[number - 1]!, `${number};`, false);
          if (number % 3 === 0) await Promise.resolve();
        }
        while (window.isBusy) await nextTurn();
        const sorted = [...numbers].sort((a, b) => a - b);
        expect([texts.join(''), written]).toEqual([sorted.map((number) => `${number};`).join(''), sorted]);
        expect([window.size, window.bytes]).toEqual([0, 0]);
      }),
    );
  });

  it('should write nothing behind a line without an outcome, and tell up to which line it wrote', async () => {
    const write = vi.fn(async () => undefined);
    const { window } = windowOf(write);
    const [first, second, third] = [1, 2, 3].map((number) => window.enter(lineOf(number)));
    window.settle(third!, 'c', false);
    while (window.isBusy) await nextTurn();
    expect(write).not.toHaveBeenCalled();
    expect(window.bytes).toBe(7);
    window.settle(second!, 'b', true);
    window.settle(first!, 'a', false);
    await vi.waitFor(() => expect(window.size).toBe(0));
    expect(write.mock.calls).toEqual([['abc', { lines: 3, fingerprint: 'f3' }]]);
  });
});

describe('when the output cannot be written', () => {
  it('should say so, and write no more', async () => {
    const write = vi.fn(async () => Promise.reject(new Error('full')));
    const { window, written, changed } = windowOf(write);
    const entries = [1, 2].map((number) => window.enter(lineOf(number)));
    window.settle(entries[0]!, 'a', false);
    await vi.waitFor(() => expect(window.failure?.message).toBe('full'));
    window.settle(entries[1]!, 'b', false);
    await Promise.resolve();
    expect([written, window.isBusy, write.mock.calls.length]).toEqual([[], false, 1]);
    expect(changed).toHaveBeenCalled();
  });
});
