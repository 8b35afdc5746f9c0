import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineWheel } from './deadline-wheel.js';
import type { WheelEntry } from './wheel-entry.js';

const TICK_MS = 8;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_003 });
});
afterEach(() => {
  vi.useRealTimers();
});

class Entry implements WheelEntry {
  wheelPrevious?: WheelEntry;
  wheelNext?: WheelEntry;
  wheelSlot = -1;
  readonly expiredAt: number[] = [];

  constructor(
    readonly deadline: number,
    private readonly onExpired: () => void = () => undefined,
  ) {}

  expire(): void {
    this.expiredAt.push(Date.now());
    this.onExpired();
  }
}

const wheelOf = () => new DeadlineWheel(() => Date.now());

describe('when a deadline passes', () => {
  it('should expire the request once, not before, and within two ticks', () => {
    const wheel = wheelOf();
    const entry = new Entry(Date.now() + 100);
    wheel.add(entry);
    vi.advanceTimersByTime(99);
    expect(entry.expiredAt).toEqual([]);
    vi.advanceTimersByTime(1 + 2 * TICK_MS);
    expect(entry.expiredAt).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(entry.expiredAt).toHaveLength(1);
    expect(entry.wheelSlot).toBe(-1);
  });

  it('should expire one that had passed already at the next tick', () => {
    const wheel = wheelOf();
    const entries = [new Entry(Date.now() - 60_000), new Entry(Date.now())];
    entries.forEach((entry) => wheel.add(entry));
    vi.advanceTimersByTime(2 * TICK_MS);
    expect(entries.map(({ expiredAt }) => expiredAt.length)).toEqual([1, 1]);
  });

  it('should expire one beyond the ring in its own round', () => {
    const wheel = wheelOf();
    const round = 1024 * TICK_MS;
    const entry = new Entry(Date.now() + 3 * round + 5);
    wheel.add(entry);
    vi.advanceTimersByTime(3 * round);
    expect(entry.expiredAt).toEqual([]);
    vi.advanceTimersByTime(5 + 2 * TICK_MS);
    expect(entry.expiredAt).toHaveLength(1);
  });

  it('should catch up after the event loop was blocked for more than a round', () => {
    const wheel = wheelOf();
    const entries = [1, 50, 5000, 20_000, 90_000].map((ms) => new Entry(Date.now() + ms));
    entries.forEach((entry) => wheel.add(entry));
    vi.setSystemTime(Date.now() + 60_000);
    wheel.advance();
    expect(entries.map(({ expiredAt }) => expiredAt.length)).toEqual([1, 1, 1, 1, 0]);
  });
});

describe('when a request is answered before its deadline', () => {
  it('should never expire, wherever it stood in its slot, and leave the others there', () => {
    const five = [0, 1, 2, 3, 4];
    fc.assert(
      fc.property(fc.shuffledSubarray(five), (answered) => {
        const wheel = wheelOf();
        const entries = five.map(() => new Entry(Date.now() + 20));
        entries.forEach((entry) => wheel.add(entry));
        for (const i of answered) wheel.remove(entries[i]!);
        for (const i of answered) wheel.remove(entries[i]!);
        vi.advanceTimersByTime(60_000);
        expect(entries.map(({ expiredAt }) => expiredAt.length)).toEqual(
          five.map((i) => (answered.includes(i) ? 0 : 1)),
        );
      }),
    );
  });

  it('should not expire though its neighbour in time removes it while expiring', () => {
    const wheel = wheelOf();
    const one: Entry = new Entry(Date.now() + 20, () => wheel.remove(other));
    const other: Entry = new Entry(Date.now() + 20, () => wheel.remove(one));
    wheel.add(one);
    wheel.add(other);
    vi.advanceTimersByTime(1000);
    expect(one.expiredAt.length + other.expiredAt.length).toBe(1);
  });
});

describe('when nothing is on the wheel', () => {
  it('should have no timer', () => {
    const wheel = wheelOf();
    expect(vi.getTimerCount()).toBe(0);
    const entries = [new Entry(Date.now() + 20), new Entry(Infinity), new Entry(Date.now() + 50)];
    entries.forEach((entry) => wheel.add(entry));
    expect(vi.getTimerCount()).toBe(1);
    wheel.remove(entries[0]!);
    wheel.remove(entries[1]!);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(100);
    expect([entries[2]!.expiredAt.length, vi.getTimerCount()]).toEqual([1, 0]);
  });

  it('should leave a request without a deadline alone', () => {
    wheelOf().add(new Entry(Infinity));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('when an expiry adds a request', () => {
  it.each([-1000, -20, 0, 5])('should expire that in time too: deadline in %d ms', (inMs) => {
    const wheel = wheelOf();
    let added: Entry | undefined;
    const stays = new Entry(Date.now() + 60_000);
    wheel.add(stays);
    wheel.add(new Entry(Date.now() + 10, () => wheel.add((added = new Entry(Date.now() + inMs)))));
    vi.setSystemTime(Date.now() + 500);
    wheel.advance();
    const addedAt = Date.now();
    expect(added).toBeDefined();
    vi.advanceTimersByTime(100);
    expect(added!.expiredAt).toHaveLength(1);
    expect(added!.expiredAt[0]! - addedAt).toBeLessThanOrEqual(Math.max(0, inMs) + 2 * TICK_MS);
  });
});

describe('when requests come and go at random', () => {
  it('should expire each that stays, never early, within two ticks, and no other', () => {
    const step = fc.record({
      pauseMs: fc.nat(300),
      limitMs: fc.oneof(fc.integer({ min: -20, max: 200 }), fc.integer({ min: 8000, max: 20_000 })),
      answeredAfter: fc.option(fc.nat(3)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const wheel = wheelOf();
        const added: { entry: Entry; at: number; answered: boolean }[] = [];
        const answers: (() => void)[][] = steps.map(() => []);
        for (const [i, { pauseMs, limitMs, answeredAfter }] of steps.entries()) {
          const record = { entry: new Entry(Date.now() + limitMs), at: Date.now(), answered: false };
          wheel.add(record.entry);
          added.push(record);
          const answer = () => {
            record.answered = record.entry.expiredAt.length === 0;
            wheel.remove(record.entry);
          };
          if (answeredAfter !== null) answers[i + answeredAfter]?.push(answer);
          answers[i]!.forEach((run) => run());
          vi.advanceTimersByTime(pauseMs);
        }
        vi.advanceTimersByTime(30_000);
        expect(vi.getTimerCount()).toBe(0);
        for (const { entry, at, answered } of added) {
          expect(entry.expiredAt).toHaveLength(answered ? 0 : 1);
          if (answered) continue;
          const due = Math.max(entry.deadline, at);
          expect(entry.expiredAt[0]).toBeGreaterThanOrEqual(due);
          expect(entry.expiredAt[0]).toBeLessThanOrEqual(due + 2 * TICK_MS);
        }
      }),
      { numRuns: 50 },
    );
  });
});
