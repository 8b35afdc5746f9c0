import { describe, expect, it } from 'vitest';
import { regionBytesFor } from './region-size.js';

const MIB = 1 << 20;

describe('the size of a further region', () => {
  it('should be 8 MiB where that much is left', () => {
    expect(regionBytesFor(10_000, 64 * MIB, 64 * MIB)).toBe(8 * MIB);
  });

  it('should be what one payload needs when that is more', () => {
    expect(regionBytesFor(9 * MIB, 64 * MIB, 64 * MIB)).toBe(10 * MIB);
  });

  it('should be what is left when that is less', () => {
    expect(regionBytesFor(10_000, 3.5 * MIB, 64 * MIB)).toBe(3 * MIB);
    expect(regionBytesFor(10_000, 2 * MIB, 2 * MIB)).toBe(2 * MIB);
  });

  it('should be none when the payload does not fit into what is left', () => {
    expect(regionBytesFor(2 * MIB, MIB, 8 * MIB)).toBe(0);
    expect(regionBytesFor(10_000, 0, 8 * MIB)).toBe(0);
    expect(regionBytesFor(10_000, MIB / 2, MIB / 2)).toBe(0);
  });
});
