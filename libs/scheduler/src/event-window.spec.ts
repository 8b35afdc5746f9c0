import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_WINDOW_BYTES } from '#libs/contracts';
import { EventWindow } from './event-window.js';

describe('when events of a stream come and are read', () => {
  it('should say that the client is behind while it has not read all', () => {
    const window = new EventWindow();
    expect(window.isBehind).toBe(false);
    window.received(10);
    window.consumed(4);
    expect(window.isBehind).toBe(true);
    window.consumed(6);
    expect(window.isBehind).toBe(false);
  });

  it('should grant what was read once it is worth a frame', () => {
    const window = new EventWindow();
    const half = EVENT_WINDOW_BYTES / 2;
    window.received(2 * half);
    expect([window.consumed(half - 1), window.consumed(1), window.consumed(half)]).toEqual([0, half, half]);
  });

  it('should refuse what was sent into a shut window', () => {
    const window = new EventWindow();
    expect(window.received(EVENT_WINDOW_BYTES - 1)).toBe(true);
    expect(window.received(1 << 20)).toBe(true);
    expect(window.received(1)).toBe(false);
  });

  it('should neither refuse nor starve a worker that keeps to it, whatever the order', () => {
    const sizes = fc.integer({ min: 1, max: 2 * EVENT_WINDOW_BYTES });
    fc.assert(
      fc.property(fc.array(fc.tuple(sizes, fc.boolean()), { maxLength: 60 }), (steps) => {
        const window = new EventWindow();
        let credit = EVENT_WINDOW_BYTES;
        const unread: number[] = [];
        const read = (): void => void (credit += window.consumed(unread.shift()!));
        for (const [size, sends] of steps) {
          if (sends && credit > 0) {
            credit -= size;
            unread.push(size);
            expect(window.received(size)).toBe(true);
          } else if (unread.length > 0) read();
        }
        while (unread.length > 0) read();
        expect(credit).toBeGreaterThan(0);
      }),
    );
  });
});
