import { describe, expect, it } from 'vitest';
import { FrameType } from './frame.js';
import { hex, readFrames } from './frame-bytes.fixture.js';
import { decodeFree, decodeRegion, encodeFree, encodeRegion } from './memory-frame.js';
import { ProtocolError } from './protocol.error.js';

const HANDLES = [
  { region: 1, generation: 2 ** 32 - 1, offset: 4096, length: 70_000 },
  { region: 2 ** 32 - 1, generation: 0, offset: 64 * (2 ** 32 - 1), length: 1 },
];

describe('when slots are freed', () => {
  it('should have these bytes', () => {
    expect(encodeFree(HANDLES.slice(0, 1))).toEqual(
      hex('10000000 07 00 0000 00000000 01000000 ffffffff 40000000 70110100'),
    );
  });

  it('should give back the handles', () => {
    const [frame] = readFrames([encodeFree(HANDLES)]);
    expect(frame?.type).toBe(FrameType.Free);
    expect(frame && decodeFree(frame)).toEqual(HANDLES);
  });

  it('should refuse half a handle', () => {
    const [frame] = readFrames([hex('08000000 07 00 0000 00000000 0100000002000000')]);
    expect(() => frame && decodeFree(frame)).toThrow(ProtocolError);
  });
});

describe('when a region is given', () => {
  it('should give back the region', () => {
    const region = { id: 7, offset: 2 ** 37, sizeBytes: 8 << 20 };
    const [frame] = readFrames([encodeRegion(region)]);
    expect(frame?.type).toBe(FrameType.Region);
    expect(frame && decodeRegion(frame)).toEqual(region);
  });

  it('should refuse a frame of another length', () => {
    const [frame] = readFrames([hex('04000000 06 00 0000 00000000 01000000')]);
    expect(() => frame && decodeRegion(frame)).toThrow('region frame has the wrong length');
  });
});
