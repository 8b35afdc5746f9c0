import { describe, expect, it } from 'vitest';
import { isStored, readStoredHandle, storedHandle } from './stored-handle.js';

const handle = { store: 513, id: '00112233445566778899aabbccddeeff', length: 70_000 };

describe('when the handle of a stored value travels', () => {
  it('should be these bytes', () => {
    expect(storedHandle(handle).toString('hex')).toBe(`04000102${'70110100'}${handle.id}`);
  });

  it('should be read back, also from a view of something larger', () => {
    const around = Buffer.concat([Buffer.from('..'), storedHandle(handle), Buffer.from('...')]);
    expect(readStoredHandle(new Uint8Array(around.buffer, around.byteOffset + 2, 24))).toEqual(handle);
  });

  it.each([1, 2, 3, 0xff])('should not be taken for a value that begins with %i', (first) => {
    expect(isStored(Uint8Array.of(first, 0))).toBe(false);
    expect(isStored(storedHandle(handle))).toBe(true);
  });

  it.each([
    ['too short', storedHandle(handle).subarray(0, 23)],
    ['too long', Buffer.concat([storedHandle(handle), Buffer.alloc(1)])],
    ['of another kind', Buffer.from([1, ...storedHandle(handle).subarray(1)])],
    ['empty', Buffer.alloc(0)],
  ])('should be refused when it is %s', (_what, payload) => {
    expect(() => readStoredHandle(payload)).toThrow('handle of a stored value has the wrong form');
  });
});
