import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteRing } from './byte-ring.js';

const HEAD = 16;
const small = (bytes: number) => new ByteRing(new SharedArrayBuffer(HEAD + bytes));
const readAll = (ring: ByteRing) => ring.read(ring.written)?.toString() ?? '';
const write = (ring: ByteRing, text: string) => ring.write([Buffer.from(text)], text.length);

describe('when bytes go through a ring', () => {
  it('should be read once, in the order in which they were written, around its end too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 12, unit: 'binary-ascii' }), fc.constant(undefined))),
        (steps) => {
          const ring = small(16);
          let [expected, read] = ['', ''];
          for (const step of steps) {
            if (step === undefined) read += readAll(ring);
            else if (write(ring, step)) expected += step;
            else expect(step.length).toBeGreaterThan(16 - (expected.length - read.length));
          }
          expect(read + readAll(ring)).toBe(expected);
        },
      ),
    );
  });

  it('should be refused as a whole where there is no room', () => {
    const ring = small(8);
    expect([write(ring, '12345'), write(ring, '6789')]).toEqual([true, false]);
    expect(readAll(ring)).toBe('12345');
    expect(write(ring, '12345678')).toBe(true);
    expect(readAll(ring)).toBe('12345678');
  });

  it('should survive that the positions wrap at 2^32', () => {
    const ring = small(8);
    new Int32Array(ring.memory).fill(-3, 0, 2);
    for (const text of ['abcdef', 'ghi']) {
      expect(write(ring, text)).toBe(true);
      expect(readAll(ring)).toBe(text);
    }
    expect(ring.written).toBe(6);
  });

  it('should not be what the reader keeps: the ring is written again', () => {
    const ring = small(8);
    write(ring, 'first');
    const kept = ring.read(ring.written);
    write(ring, 'others');
    expect(kept?.toString()).toBe('first');
  });
});

describe('when the reader of a ring is told', () => {
  it('should be told once until it looks', () => {
    const ring = small(8);
    expect([ring.tell(), ring.tell()]).toEqual([true, false]);
    ring.looking();
    expect(ring.tell()).toBe(true);
  });

  it('should refuse more than the ring can hold', () => {
    expect(() => small(8).read(9)).toThrow(new RangeError('ring of 8 bytes is said to hold 9'));
  });
});
