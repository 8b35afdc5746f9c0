import { describe, expect, it, vi } from 'vitest';
import { FakeNative } from './fake-native.fixture.js';
import { WorkerMemory } from './worker-memory.js';

const MIB = 1 << 20;

function workerMemory(): WorkerMemory {
  return new WorkerMemory({ fd: 5, sizeBytes: 4 * MIB, thresholdBytes: 1_000 }, new FakeNative());
}

describe('when a worker stores a result', () => {
  it('should send it inline until it owns a region', () => {
    const memory = workerMemory();
    expect(memory.store([Buffer.alloc(2_000)])).toBeUndefined();
    memory.give({ id: 3, offset: MIB, sizeBytes: MIB });
    const handle = memory.store([Buffer.alloc(2_000, 'r')]);
    expect(handle).toEqual({ region: 3, generation: 1, offset: MIB, length: 2_000 });
    expect(memory.read(handle as NonNullable<typeof handle>).toString()).toBe('r'.repeat(2_000));
  });

  it('should send a small one inline', () => {
    const memory = workerMemory();
    memory.give({ id: 3, offset: MIB, sizeBytes: MIB });
    expect(memory.store([Buffer.alloc(999)])).toBeUndefined();
  });

  it('should fill a slot again that was freed', () => {
    const memory = workerMemory();
    memory.give({ id: 3, offset: MIB, sizeBytes: MIB });
    const handle = memory.store([Buffer.alloc(MIB)]);
    expect(memory.store([Buffer.alloc(MIB)])).toBeUndefined();
    memory.free(handle ? [handle] : []);
    expect(memory.store([Buffer.alloc(MIB)])).toMatchObject({ offset: MIB, generation: 2 });
  });
});

describe('when a handle leads outside of the memory', () => {
  it('should refuse to read', () => {
    const handle = { region: 1, generation: 1, offset: 4 * MIB - 1024, length: 1025 };
    expect(() => workerMemory().read(handle)).toThrow('slot at 4193280 is outside the shared memory');
  });
});

describe('when the process has mapped the memory already', () => {
  it('should use that mapping and make none', () => {
    const native = new FakeNative();
    const map = vi.spyOn(native, 'map');
    const view = vi.spyOn(native, 'view');
    const sizes = { sizeBytes: 4 * MIB, thresholdBytes: 1_000 };
    new WorkerMemory({ fd: 5, address: 4096n, ...sizes }, native).read({
      region: 1,
      generation: 1,
      offset: 64,
      length: 64,
    });
    expect(map).not.toHaveBeenCalled();
    expect(view).toHaveBeenCalledWith(4160n, expect.any(Number));
  });
});
