import { describe, expect, it } from 'vitest';
import { decodeHop, encodeHop, encodeHopParts } from './hop.js';
import { msgpack } from './msgpack.codec.js';

const joined = (payload: Uint8Array | readonly Uint8Array[]): Buffer =>
  payload instanceof Uint8Array ? Buffer.from(payload) : Buffer.concat(payload);

describe('when large bytes are handed over', () => {
  it.each([Buffer.alloc(5_000, 'b'), new Uint8Array(5_000).fill(7)])('should not be copied', (bytes) => {
    const parts = encodeHopParts(bytes) as readonly Uint8Array[];
    expect(parts).toHaveLength(2);
    expect(parts[1]).toBe(bytes);
    expect(joined(parts)).toEqual(encodeHop(bytes));
    const value = decodeHop(joined(parts)) as Uint8Array;
    expect([Buffer.isBuffer(value), Buffer.compare(value, bytes)]).toEqual([Buffer.isBuffer(bytes), 0]);
  });
});

describe('when anything else is handed over', () => {
  it('should be in one piece', () => {
    for (const value of [Buffer.from('small'), { a: 1 }, new Float32Array(5_000)]) {
      expect(encodeHopParts(value)).toEqual(encodeHop(value));
    }
    const bytes = Buffer.alloc(5_000, 'b');
    expect(encodeHopParts(bytes, msgpack)).toEqual(encodeHop(bytes, msgpack));
  });
});
