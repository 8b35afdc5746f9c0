import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UploadWatch, type Upload } from './upload-watch.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const watchOf = (minBytesPerSecond: number) => new UploadWatch(minBytesPerSecond, () => Date.now());

/** An upload that leaves the watch when it is too slow, as a body reader does. */
function uploadTo(watch: UploadWatch): Upload & { endedAt?: number } {
  const upload: Upload & { endedAt?: number } = {
    startedAt: Date.now(),
    receivedBytes: 0,
    tooSlow: () => {
      upload.endedAt = Date.now();
      watch.remove(upload);
    },
  };
  watch.add(upload);
  return upload;
}

describe('when an upload is slow', () => {
  it('should end after the grace', () => {
    const upload = uploadTo(watchOf(100));
    vi.advanceTimersByTime(4999);
    expect(upload.endedAt).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(upload.endedAt).toBe(5000);
  });

  it('should go on as long as its average is enough, and end once it falls below', () => {
    const upload = uploadTo(watchOf(100));
    upload.receivedBytes = 1000;
    vi.advanceTimersByTime(10_000);
    expect(upload.endedAt).toBeUndefined();
    vi.advanceTimersByTime(1000);
    expect(upload.endedAt).toBe(11_000);
  });

  it('should end alone: others have a grace of their own', () => {
    const watch = watchOf(100);
    const first = uploadTo(watch);
    vi.advanceTimersByTime(3000);
    const second = uploadTo(watch);
    vi.advanceTimersByTime(60_000);
    expect([first.endedAt, second.endedAt]).toEqual([5000, 8000]);
  });

  it('should take its time where no rate is asked for', () => {
    const upload = uploadTo(watchOf(0));
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(upload.endedAt).toBeUndefined();
  });
});

describe('when uploads come and go', () => {
  it('should have one timer for all, and none once nothing is uploaded', () => {
    const watch = watchOf(100);
    const uploads = [uploadTo(watch), uploadTo(watch)];
    expect(vi.getTimerCount()).toBe(1);
    watch.remove(uploads[0]!);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(1);
    watch.remove(uploads[1]!);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should watch again after a pause', () => {
    const watch = watchOf(100);
    watch.remove(uploadTo(watch));
    vi.advanceTimersByTime(60_000);
    const upload = uploadTo(watch);
    vi.advanceTimersByTime(5000);
    expect(upload.endedAt).toBe(65_000);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('when a body is refused', () => {
  it('should be read to its end and thrown away', () => {
    const body = new PassThrough();
    const destroy = vi.spyOn(body, 'destroy');
    watchOf(0).discard(body);
    expect(body.readableFlowing).toBe(true);
    body.emit('close');
    vi.advanceTimersByTime(60_000);
    expect(destroy).not.toHaveBeenCalled();
  });

  it('should be ended when it goes on for five seconds', () => {
    const body = new PassThrough();
    watchOf(0).discard(body);
    vi.advanceTimersByTime(4_999);
    expect(body.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(body.destroyed).toBe(true);
  });

  it('should be left alone when it has ended already', () => {
    const body = new PassThrough();
    body.destroy();
    watchOf(0).discard(body);
    expect(vi.getTimerCount()).toBe(0);
  });
});
