import { describe, expect, it } from 'vitest';
import { SlotHeap } from './slot-heap.js';

const MIB = 1 << 20;

function heapOf(...offsets: number[]): SlotHeap {
  const heap = new SlotHeap();
  for (const [id, offset] of offsets.entries()) heap.add({ id, offset, sizeBytes: MIB });
  return heap;
}

describe('when a slot is allocated', () => {
  it('should lie in a region that has room', () => {
    const heap = heapOf(5 * MIB, 2 * MIB);
    expect(heap.allocate(MIB)).toEqual({ region: 0, generation: 1, offset: 5 * MIB, length: MIB });
    expect(heap.allocate(100)).toEqual({ region: 1, generation: 1, offset: 2 * MIB, length: 100 });
  });

  it('should be none when no region has room', () => {
    expect(new SlotHeap().allocate(1)).toBeUndefined();
    expect(heapOf(0).allocate(MIB + 1)).toBeUndefined();
  });

  it('should get a new generation each time', () => {
    const heap = heapOf(0);
    const first = heap.allocate(10);
    heap.free(first as NonNullable<typeof first>);
    expect(heap.allocate(10)).toEqual({ ...first, generation: 2 });
  });
});

describe('when a slot is freed that is not in use', () => {
  it('should refuse', () => {
    const heap = heapOf(0);
    const handle = heap.allocate(10);
    if (!handle) throw new Error('no slot');
    expect(() => heap.free({ ...handle, generation: 9 })).toThrow('slot 0 of region 0 is not in use with generation 9');
    expect(() => heap.free({ ...handle, region: 3 })).toThrow('region 3 is not in use');
    heap.free(handle);
    expect(() => heap.free(handle)).toThrow(RangeError);
  });
});
