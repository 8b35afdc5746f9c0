import { describe, expect, it } from 'vitest';
import { FrameType } from './frame.js';
import { hex, readFrames } from './frame-bytes.fixture.js';
import { decodeIndexes, encodeIndexes } from './index-frame.js';
import { ProtocolError } from './protocol.error.js';

describe('when indexes of a batch are sent', () => {
  it.each([
    [FrameType.Cancel, [1, 258], '04000000 02 00 0200 ffffffff 0100 0201'],
    [FrameType.Begin, [0], '02000000 03 00 0100 ffffffff 0000'],
    [FrameType.Begin, undefined, '00000000 03 00 0000 ffffffff'],
  ] as const)('should have these bytes both ways: type %d, indexes %o', (type, indexes, bytes) => {
    expect(encodeIndexes(type, 0xffffffff, indexes).toString('hex')).toBe(hex(bytes).toString('hex'));
    const [frame] = readFrames([hex(bytes)]);
    expect(frame).toMatchObject({ type, batch: 0xffffffff });
    expect(decodeIndexes(frame!)).toEqual(indexes);
  });

  it('should take an empty list for all indexes', () => {
    const [frame] = readFrames([encodeIndexes(FrameType.Cancel, 1, [])]);
    expect(decodeIndexes(frame!)).toBeUndefined();
  });

  it.each([
    [1, '000000'],
    [1, '00'],
    [0, '0000'],
    [2, '0000'],
  ])('should refuse a count of %d with the body %s', (count, body) => {
    expect(() => decodeIndexes({ type: 2, flags: 0, batch: 1, count, body: hex(body) })).toThrow(ProtocolError);
  });
});
