import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StatusFeed } from './status-feed.js';

class FakeResponse extends EventEmitter {
  readonly sent: string[] = [];
  takes = true;
  isDestroyed = false;

  write(text: string): boolean {
    this.sent.push(text);
    return this.takes;
  }
  end(text: string): void {
    this.sent.push(text);
  }
  destroy(): void {
    this.isDestroyed = true;
  }
}

const read = vi.fn(() => ({ at: Date.now(), pipelines: [], pools: [], totals: { stages: [], routes: [] } }));
let feed: StatusFeed;

beforeEach(() => {
  vi.useFakeTimers();
  read.mockClear();
  feed = new StatusFeed(read);
});
afterEach(() => vi.useRealTimers());

function join(takes = true): FakeResponse {
  const response = Object.assign(new FakeResponse(), { takes });
  feed.add(response);
  return response;
}

describe('when nobody looks', () => {
  it('should read nothing, also after the last one has left', () => {
    vi.advanceTimersByTime(5000);
    expect(read).not.toHaveBeenCalled();
    join().emit('close');
    read.mockClear();
    vi.advanceTimersByTime(5000);
    expect(read).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('when several look', () => {
  it('should tell each at once, and all by one reading a second', () => {
    const viewers = [join(), join(), join()];
    expect(viewers.map(({ sent }) => sent.length)).toEqual([1, 1, 1]);
    read.mockClear();
    vi.advanceTimersByTime(3000);
    expect(read).toHaveBeenCalledTimes(3);
    expect(viewers.map(({ sent }) => sent.length)).toEqual([4, 4, 4]);
    expect(viewers[0]!.sent[1]).toMatch(/^data: \{.*\}\n\n$/);
  });

  it('should be full at some number', () => {
    for (let viewer = 0; viewer < 64; viewer++) {
      expect(feed.isFull).toBe(false);
      join();
    }
    expect(feed.isFull).toBe(true);
  });
});

describe('when a viewer does not read', () => {
  it('should leave out samples until it does', () => {
    const slow = join(false);
    vi.advanceTimersByTime(10_000);
    expect(slow.sent).toHaveLength(1);
    slow.takes = true;
    slow.emit('drain');
    vi.advanceTimersByTime(2000);
    expect(slow.sent).toHaveLength(3);
  });

  it('should give it up, and go on for the others', () => {
    const slow = join(false);
    const other = join();
    vi.advanceTimersByTime(31_000);
    expect(slow.isDestroyed).toBe(true);
    expect(other.isDestroyed).toBe(false);
    expect(other.sent).toHaveLength(32);
  });

  it('should stop with the last one that it gave up', () => {
    join(false);
    vi.advanceTimersByTime(31_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('when the server stops', () => {
  it('should tell all, and cut off soon who has not read it', () => {
    const viewers = [join(), join(false)];
    feed.close();
    expect(viewers.map(({ sent }) => sent.at(-1))).toEqual(Array(2).fill('event: draining\ndata:\n\n'));
    vi.advanceTimersByTime(1000);
    expect(viewers.map(({ isDestroyed }) => isDestroyed)).toEqual([true, true]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
