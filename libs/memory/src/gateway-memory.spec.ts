import { describe, expect, it } from 'vitest';
import type { MemoryRegion, SlotHandle } from '#libs/contracts';
import { FakeNative } from './fake-native.fixture.js';
import { GatewayMemory } from './gateway-memory.js';

const MIB = 1 << 20;

function memoryOf(sizeBytes = 16 * MIB, native = new FakeNative()) {
  return { native, memory: new GatewayMemory({ sizeBytes, thresholdBytes: 1_000, workers: () => 2 }, native) };
}

class Port {
  readonly regions: MemoryRegion[] = [];
  readonly freed: number[] = [];
  give(region: MemoryRegion): void {
    this.regions.push(region);
  }
  free(handles: readonly SlotHandle[]): void {
    this.freed.push(...handles.map(({ offset }) => offset));
  }
}

describe('when the gateway stores a body', () => {
  it('should copy its chunks into a slot that is free again after the release', () => {
    const { memory, native } = memoryOf();
    const chunks = [Buffer.alloc(600, 'a'), Buffer.alloc(500, 'b')];
    const shared = memory.store(chunks, 1_100);
    expect(shared?.handle).toEqual({ region: 1, generation: 1, offset: 0, length: 1_100 });
    expect(shared?.bytes.toString()).toBe('a'.repeat(600) + 'b'.repeat(500));
    expect(memory.usage).toMatchObject({ openSlots: 1, sharedPayloads: 1, fallbacks: 0, committedBytes: 8 * MIB });
    shared?.release();
    expect(memory.usage.openSlots).toBe(0);
    expect(memory.store(chunks, 1_100)?.handle).toMatchObject({ generation: 2, offset: 0 });
    expect(native.commits).toEqual([[0, 8 * MIB]]);
  });

  it('should leave a small one inline', () => {
    const { memory, native } = memoryOf();
    expect(memory.store([Buffer.alloc(999)], 999)).toBeUndefined();
    expect([native.commits, memory.usage.fallbacks]).toEqual([[], 0]);
  });

  it('should use half of the memory at most, and then leave it inline', () => {
    const { memory } = memoryOf();
    const slots = Array.from({ length: 9 }, () => memory.store([Buffer.alloc(MIB)], MIB));
    expect(slots.filter((slot) => slot !== undefined)).toHaveLength(8);
    expect(memory.usage).toMatchObject({ openSlots: 8, sharedPayloads: 8, fallbacks: 1, regionBytes: 8 * MIB });
    expect(memory.store([Buffer.alloc(9 * MIB)], 9 * MIB)).toBeUndefined();
  });

  it('should make room for a large one of regions that small ones need no more', () => {
    const { memory } = memoryOf(64 * MIB);
    const small = Array.from({ length: 8 * 4 }, () => memory.store([Buffer.alloc(MIB)], MIB));
    expect(memory.store([Buffer.alloc(20 * MIB)], 20 * MIB)).toBeUndefined();
    for (const slot of small.slice(1)) slot?.release();
    const large = memory.store([Buffer.alloc(20 * MIB)], 20 * MIB);
    expect(large?.bytes).toHaveLength(20 * MIB);
    expect(memory.usage.regionBytes).toBe(28 * MIB);
    expect(small[0]?.bytes).toHaveLength(MIB);
  });

  it('should leave it inline when the system has no memory', () => {
    const { memory, native } = memoryOf();
    native.isFull = true;
    expect(memory.store([Buffer.alloc(2_000)], 2_000)).toBeUndefined();
    expect(memory.usage).toMatchObject({ fallbacks: 1, regionBytes: 0, committedBytes: 0 });
  });
});

describe('when a worker fills slots', () => {
  it('should be given a region once something came inline, and no second one before it has used that', () => {
    const { memory } = memoryOf();
    const port = new Port();
    const tenant = memory.tenant(port);
    tenant.cameInline(999);
    expect(port.regions).toEqual([]);
    tenant.cameInline(5_000);
    tenant.cameInline(5_000);
    expect(port.regions).toEqual([{ id: 1, offset: 0, sizeBytes: 4 * MIB }]);
    expect(memory.usage).toMatchObject({ fallbacks: 2, sharedPayloads: 0 });
  });

  it('should get no more than its share', () => {
    const { memory } = memoryOf();
    const port = new Port();
    const tenant = memory.tenant(port);
    tenant.cameInline(5_000);
    tenant.claim({ region: 1, generation: 1, offset: 0, length: 5_000 });
    tenant.cameInline(5_000);
    expect(port.regions).toHaveLength(1);
  });

  it('should have a threshold of its own where its stage says so', () => {
    const { memory } = memoryOf();
    const port = new Port();
    const tenant = memory.tenant(port, 9_000);
    tenant.cameInline(8_999);
    expect(port.regions).toHaveLength(0);
    tenant.cameInline(9_000);
    expect(port.regions).toHaveLength(1);
  });

  it('should be told of freed slots together', async () => {
    const { memory } = memoryOf();
    const port = new Port();
    const tenant = memory.tenant(port);
    tenant.cameInline(5_000);
    const claimed = [0, 8_192].map((offset, i) =>
      tenant.claim({ region: 1, generation: i + 1, offset, length: 5_000 }),
    );
    for (const slot of claimed) slot.release();
    expect(port.freed).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(port.freed).toEqual([0, 8_192]);
  });

  it('should be told of nothing any more once it is closed', () => {
    const { memory } = memoryOf();
    const port = new Port();
    const tenant = memory.tenant(port);
    tenant.cameInline(5_000);
    const slot = tenant.claim({ region: 1, generation: 1, offset: 0, length: 5_000 });
    tenant.close();
    tenant.cameInline(5_000);
    expect(slot.bytes).toHaveLength(5_000);
    slot.release();
    tenant.flush();
    expect([port.freed, port.regions.length, memory.usage.regionBytes]).toEqual([[], 1, 0]);
  });
});

describe('when the memory is closed', () => {
  it('should give everything back to the system unless somebody still holds a slot', () => {
    const { memory, native } = memoryOf();
    memory.store([Buffer.alloc(2_000)], 2_000)?.release();
    memory.close();
    memory.close();
    expect(native.discarded).toBe(true);
    expect(memory.store([Buffer.alloc(2_000)], 2_000)).toBeUndefined();
    const other = memoryOf();
    other.memory.store([Buffer.alloc(2_000)], 2_000);
    other.memory.close();
    expect(other.native.discarded).toBe(false);
  });
});
