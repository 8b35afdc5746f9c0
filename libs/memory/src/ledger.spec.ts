import type { SlotHandle } from '#libs/contracts';
import { describe, expect, it } from 'vitest';
import { BadHandleError } from './bad-handle.error.js';
import { Ledger } from './ledger.js';
import type { SlotOwner } from './slot-owner.js';

const MIB = 1 << 20;

class Owner implements SlotOwner {
  readonly freedOffsets: number[] = [];
  freed({ offset }: SlotHandle): void {
    this.freedOffsets.push(offset);
  }
}

function ledgerWith(owner: SlotOwner, sizeBytes = 4 * MIB) {
  const ledger = new Ledger(sizeBytes, () => true);
  const region = ledger.give(owner, MIB);
  if (!region) throw new Error('no region');
  const handle = (part: Partial<SlotHandle> = {}): SlotHandle => ({
    region: region.id,
    generation: 1,
    offset: region.offset,
    length: 5_000,
    ...part,
  });
  return { ledger, region, handle };
}

describe('when a slot is held several times', () => {
  it('should be freed at the last release', () => {
    const owner = new Owner();
    const { ledger, handle } = ledgerWith(owner);
    const slot = ledger.open(owner, handle());
    ledger.hold(slot);
    ledger.release(slot);
    expect([ledger.openSlots, owner.freedOffsets]).toEqual([1, []]);
    ledger.release(slot);
    expect([ledger.openSlots, owner.freedOffsets]).toEqual([0, [0]]);
  });

  it('should refuse to be held or released once it is freed', () => {
    const owner = new Owner();
    const { ledger, handle } = ledgerWith(owner);
    const slot = ledger.open(owner, handle());
    ledger.release(slot);
    expect(() => ledger.hold(slot)).toThrow('held after it was freed');
    expect(() => ledger.release(slot)).toThrow('released after it was freed');
  });
});

describe('when a process names a slot that it cannot have filled', () => {
  const owner = new Owner();
  const { ledger, handle } = ledgerWith(owner);
  const other = new Owner();
  const foreign = ledger.give(other, MIB);
  ledger.open(owner, handle({ generation: 7 }));

  it.each([
    ['of a region of somebody else', { region: foreign?.id, offset: foreign?.offset }, 'region 2 is not its own'],
    ['of no region', { region: 77 }, 'region 77 is not its own'],
    ['before its region', { offset: -1024 }, 'is no slot of region 1'],
    ['behind its region', { offset: MIB }, 'is no slot of region 1'],
    ['that reaches over its end', { offset: MIB - 1024 }, 'is no slot of region 1'],
    ['between two places', { offset: 64_100 }, 'is no slot of region 1'],
    ['without bytes', { offset: 65_536, length: 0 }, 'is no slot of region 1'],
    ['that is in use', { generation: 8 }, 'slot at 0 is in use'],
    ['that overlaps one in use', { generation: 8, offset: 4096 }, 'slot at 4096 is in use'],
    ['a second time', { generation: 7, offset: 65_536 }, 'generation 7 is over'],
  ])('should refuse a slot %s', (_what, part, message) => {
    expect(() => ledger.open(owner, handle({ generation: 8, ...part }))).toThrow(BadHandleError);
    expect(() => ledger.open(owner, handle({ generation: 8, ...part }))).toThrow(message);
    expect(ledger.openSlots).toBe(1);
  });
});

describe('when generations wrap', () => {
  it('should go on', () => {
    const owner = new Owner();
    const { ledger, handle } = ledgerWith(owner);
    for (const generation of [2 ** 31 - 1, 2 ** 32 - 2, 0, 1]) {
      ledger.release(ledger.open(owner, handle({ generation })));
    }
    expect(owner.freedOffsets).toHaveLength(4);
    expect(() => ledger.open(owner, handle({ generation: 2 ** 32 - 1 }))).toThrow('generation 4294967295 is over');
  });
});

describe('when an owner dies', () => {
  it('should keep its region until nobody holds a slot of it', () => {
    const owner = new Owner();
    const { ledger, handle } = ledgerWith(owner, MIB);
    const slot = ledger.open(owner, handle());
    ledger.bury(owner);
    expect(ledger.give(new Owner(), MIB)).toBeUndefined();
    expect(() => ledger.open(owner, handle({ generation: 2, offset: 65_536 }))).toThrow(BadHandleError);
    ledger.release(slot);
    expect(owner.freedOffsets).toEqual([]);
    expect(ledger.give(new Owner(), MIB)).toEqual({ id: 2, offset: 0, sizeBytes: MIB });
  });

  it('should have its region at once when nobody holds a slot of it', () => {
    const owner = new Owner();
    const { ledger } = ledgerWith(owner, MIB);
    expect(ledger.ownedBytes(owner)).toBe(MIB);
    ledger.bury(owner);
    expect([ledger.ownedBytes(owner), ledger.regionBytes]).toEqual([0, 0]);
    expect(ledger.give(owner, MIB)?.offset).toBe(0);
  });
});
