import { describe, expect, it } from 'vitest';
import { encodeItem, decodeItem } from './item-value.js';

const item = { inputFormat: 2, outputFormat: 255, eventFormat: 1, context: '{"id":"é"}', deadline: 0 };

describe('when an item travels as a value', () => {
  it.each([0, 10, 100_000])('should be the same with %i bytes, and have the deadline of Redis', (bytes) => {
    const payload = Buffer.alloc(bytes, 7);
    const decoded = decodeItem(encodeItem({ ...item, payload }, 1_234.5));
    expect(decoded).toMatchObject({ ...item, deadline: 1_234.5 });
    expect(Buffer.from(decoded.payload).equals(payload)).toBe(true);
  });

  it('should have no deadline where there is none', () => {
    expect(decodeItem(encodeItem({ ...item, payload: Buffer.alloc(1) }, Infinity)).deadline).toBe(Infinity);
  });
});

describe('when a value is no item', () => {
  const whole = encodeItem({ ...item, payload: Buffer.from('payload') }, 5);

  it('should be refused at every length, and with bytes behind', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeItem(whole.subarray(0, length))).toThrow();
    }
    expect(() => decodeItem(Buffer.concat([whole, Buffer.alloc(3)]))).toThrow();
    expect(() => decodeItem(Buffer.from('rubbish of somebody else'))).toThrow();
  });
});
