import { closeSync, ftruncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadNativeMemory } from './native-memory.js';

const SIZE = 4 << 20;

describe.runIf(process.platform === 'linux')('memory of the system', () => {
  const native = loadNativeMemory();
  const fd = native.create(SIZE);
  const [one, two] = [native.map(fd, SIZE), native.map(fd, SIZE)];

  it('should be the same bytes in every mapping', () => {
    expect(native.commit(fd, 0, SIZE)).toBe(true);
    new Uint8Array(native.view(one + 4_096n, 4_096)).fill(7);
    expect(new Uint8Array(native.view(two + 8_191n, 2))).toEqual(Uint8Array.of(7, 0));
  });

  it('should show in a view nothing but its part', () => {
    expect(native.view(one, 100).byteLength).toBe(100);
    expect(structuredClone(new Uint8Array(native.view(one, 100))).buffer.byteLength).toBe(100);
  });

  it('should keep its size whatever a process does', () => {
    expect(() => ftruncateSync(fd, 100)).toThrow('EPERM');
    expect(() => ftruncateSync(fd, SIZE * 2)).toThrow('EPERM');
  });

  it('should refuse memory that does not exist instead of ending the process later', () => {
    expect(native.commit(fd, 0, SIZE * 2)).toBe(false);
  });

  it('should be zeros once it is discarded', () => {
    native.discard(fd, SIZE);
    expect(new Uint8Array(native.view(one + 4_096n, 1))[0]).toBe(0);
    closeSync(fd);
  });
});
