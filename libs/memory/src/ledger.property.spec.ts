import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlotHandle } from '#libs/contracts';
import { Ledger, type OpenSlot } from './ledger.js';
import { SlotHeap } from './slot-heap.js';
import { slotCapacity } from './slot-capacity.js';
import type { SlotOwner } from './slot-owner.js';

const MIB = 1 << 20;
const SIZE = 6 * MIB;

/** A process with a heap of its own, as a worker or the gateway has one. */
class Process implements SlotOwner {
  readonly heap = new SlotHeap();
  freed(handle: SlotHandle): void {
    this.heap.free(handle);
  }
}

/** A ledger under test beside a plain list of what has to be true. */
class World {
  readonly ledger: Ledger;
  processes = [new Process(), new Process(), new Process()];
  held: { slot: OpenSlot; holds: number }[] = [];
  hasMemory = true;

  constructor() {
    this.ledger = new Ledger(SIZE, () => this.hasMemory);
  }

  fill(who: number, length: number): void {
    const owner = this.processes[who % 3] as Process;
    let handle = owner.heap.allocate(length);
    if (!handle) {
      const region = this.ledger.give(owner, slotCapacity(length));
      if (region) owner.heap.add(region);
      handle = owner.heap.allocate(length);
    }
    if (!handle) return;
    this.checkApart(handle);
    this.held.push({ slot: this.ledger.open(owner, handle), holds: 1 });
  }

  hold(which: number): void {
    const one = this.held[which % Math.max(1, this.held.length)];
    if (!one) return;
    this.ledger.hold(one.slot);
    one.holds++;
  }

  release(which: number): void {
    const one = this.held[which % Math.max(1, this.held.length)];
    if (!one) return;
    this.ledger.release(one.slot);
    if (--one.holds === 0) this.held = this.held.filter((other) => other !== one);
  }

  die(who: number): void {
    this.ledger.bury(this.processes[who % 3] as Process);
    this.processes[who % 3] = new Process();
  }

  private checkApart({ offset, length }: SlotHandle): void {
    const end = offset + slotCapacity(length);
    expect(end).toBeLessThanOrEqual(SIZE);
    for (const { slot } of this.held) {
      const other = slot.handle;
      expect(offset >= other.offset + slotCapacity(other.length) || end <= other.offset).toBe(true);
    }
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('fill' as const),
      who: fc.nat(2),
      length: fc.integer({ min: 1, max: 2 * MIB }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), who: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('memory' as const), has: fc.boolean() }) },
);

describe('whatever processes fill, hold, release and die in whatever order', () => {
  it('should never have two slots with a byte in common, count exactly, and lose nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const world = new World();
        for (const one of steps) {
          if (one.do === 'fill') world.fill(one.who, one.length);
          else if (one.do === 'hold') world.hold(one.which);
          else if (one.do === 'release') world.release(one.which);
          else if (one.do === 'die') world.die(one.who);
          else world.hasMemory = one.has;
          expect(world.ledger.openSlots).toBe(world.held.length);
        }
        while (world.held.length > 0) world.release(0);
        for (const who of [0, 1, 2]) world.die(who);
        expect(world.ledger.regionBytes).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
