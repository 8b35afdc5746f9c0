import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, SlotAllocator } from './slot-allocator.js';
import { slotCapacity } from './slot-capacity.js';

const REGION = 8 * CHUNK_BYTES;

describe('when slots of many sizes come and go', () => {
  it('should never give out the same byte twice, nor one outside the region', () => {
    const step = fc.oneof(
      fc.record({ length: fc.integer({ min: 1, max: REGION }) }),
      fc.record({ length: fc.integer({ min: 1, max: 100_000 }) }),
      fc.record({ release: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const allocator = new SlotAllocator(REGION);
        const taken: { from: number; to: number }[] = [];
        for (const one of steps) {
          if ('release' in one) {
            const [slot] = taken.splice(one.release % Math.max(taken.length, 1), 1);
            if (slot) allocator.release(slot.from);
            continue;
          }
          const capacity = slotCapacity(one.length);
          const from = allocator.allocate(capacity);
          if (from === undefined) continue;
          const to = from + capacity;
          expect(from % 64).toBe(0);
          expect(to).toBeLessThanOrEqual(REGION);
          expect(taken.some((other) => from < other.to && other.from < to)).toBe(false);
          taken.push({ from, to });
        }
        for (const { from } of taken) allocator.release(from);
        expect(allocator.allocate(REGION)).toBe(0);
      }),
    );
  });
});

describe('when a slot is needed', () => {
  it('should take the one that was released last', () => {
    const allocator = new SlotAllocator(REGION);
    const [first = -1, , third = -1] = [1, 2, 3].map(() => allocator.allocate(4096));
    allocator.release(third);
    allocator.release(first);
    expect(allocator.allocate(4096)).toBe(first);
    expect(allocator.allocate(4096)).toBe(third);
  });

  it('should have none when the region is full, and one again after a release', () => {
    const allocator = new SlotAllocator(CHUNK_BYTES);
    const slots = Array.from({ length: 64 }, () => allocator.allocate(4096));
    expect(new Set(slots).size).toBe(64);
    expect(allocator.allocate(4096)).toBeUndefined();
    allocator.release(slots[17] as number);
    expect(allocator.allocate(4096)).toBe(slots[17]);
  });

  it('should cut an empty chunk anew for another size', () => {
    const allocator = new SlotAllocator(CHUNK_BYTES);
    allocator.release(allocator.allocate(4096) as number);
    expect(allocator.allocate(CHUNK_BYTES)).toBe(0);
    expect(allocator.allocate(4096)).toBeUndefined();
  });
});
