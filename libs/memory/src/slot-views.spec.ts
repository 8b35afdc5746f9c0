import { describe, expect, it } from 'vitest';
import { SlotViews } from './slot-views.js';

function viewsOf(memory: ArrayBuffer) {
  const made: number[] = [];
  const views = new SlotViews((offset, length) => {
    made.push(offset);
    return memory.slice(offset, offset + length);
  });
  return { views, made };
}

describe('when bytes are written into a slot', () => {
  it('should leave nothing of what was there before', () => {
    const { views } = viewsOf(new ArrayBuffer(16_384));
    views.write(4096, [Buffer.alloc(4096, 'x')], 4096);
    const bytes = views.write(4096, [Buffer.from('ab'), Buffer.from('c')], 3);
    expect(bytes.toString()).toBe('abc');
    expect(Buffer.from(bytes.buffer).subarray(3).equals(Buffer.alloc(4093))).toBe(true);
  });
});

describe('when a slot is looked at', () => {
  it('should be a buffer of that slot alone, made once', () => {
    const { views, made } = viewsOf(new ArrayBuffer(16_384));
    const first = views.bytes(4096, 10);
    expect([first.length, first.byteOffset, first.buffer.byteLength]).toEqual([10, 0, 4096]);
    expect(views.bytes(4096, 20).buffer).toBe(first.buffer);
    expect(made).toEqual([4096]);
  });

  it('should be made anew when the slot has another size now', () => {
    const { views } = viewsOf(new ArrayBuffer(16_384));
    views.bytes(0, 10);
    expect(views.bytes(0, 5_000).buffer.byteLength).toBe(5_120);
  });

  it('should be made anew when user code has detached it', () => {
    const { views, made } = viewsOf(new ArrayBuffer(16_384));
    const first = views.bytes(0, 10);
    structuredClone(first.buffer, { transfer: [first.buffer as ArrayBuffer] });
    expect(views.bytes(0, 10).length).toBe(10);
    expect(made).toEqual([0, 0]);
  });
});
