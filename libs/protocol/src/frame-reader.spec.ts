import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from './frame.js';
import { hex } from './frame-bytes.fixture.js';
import { FrameReader } from './frame-reader.js';
import { MAX_FRAME_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';

function collect(maxFrameBytes?: number): { frames: Frame[]; reader: FrameReader } {
  const frames: Frame[] = [];
  return { frames, reader: new FrameReader((frame) => frames.push(frame), maxFrameBytes) };
}

function write({ type, flags, count, batch, body }: Frame): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt8(type, 4);
  header.writeUInt8(flags, 5);
  header.writeUInt16LE(count, 6);
  header.writeUInt32LE(batch, 8);
  return Buffer.concat([header, body]);
}

const anyFrame = fc.record({
  type: fc.nat(255),
  flags: fc.nat(255),
  count: fc.nat(0xffff),
  batch: fc.nat(0xffffffff),
  body: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
});

describe('when a byte stream is cut into frames', () => {
  it('should read each field at its place', () => {
    const { frames, reader } = collect();
    reader.push(hex('01000000 02 03 0504 09080706 aa'));
    expect(frames).toEqual([{ type: 2, flags: 3, count: 0x0405, batch: 0x06070809, body: Buffer.from([0xaa]) }]);
  });

  it('should give the same frames however the stream is split', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 30 })), (sent, sizes) => {
        const { frames, reader } = collect();
        let rest = Buffer.concat(sent.map(write));
        for (const size of sizes) {
          reader.push(rest.subarray(0, size));
          rest = rest.subarray(size);
        }
        reader.push(rest);
        expect(frames).toEqual(sent);
        expect(reader.atBoundary).toBe(true);
      }),
    );
  });

  it('should give the same frames one byte at a time', () => {
    const sent = [1, 2].map((type) => ({ type, flags: 0, count: 0, batch: type, body: Buffer.from('body') }));
    const { frames, reader } = collect();
    for (const byte of Buffer.concat(sent.map(write))) reader.push(Buffer.from([byte]));
    expect(frames).toEqual(sent);
  });

  it('should give a frame that arrives whole as a view of its chunk', () => {
    const { frames, reader } = collect();
    const chunk = Buffer.from(hex('02000000 01 00 0000 00000000 aabb'));
    reader.push(chunk);
    chunk[12] = 0xee;
    expect([...frames[0]!.body]).toEqual([0xee, 0xbb]);
  });

  it('should know whether the stream may end here', () => {
    const { reader } = collect();
    const bytes = hex('02000000 01 00 0000 00000000 aabb');
    expect(reader.atBoundary).toBe(true);
    reader.push(bytes.subarray(0, 13));
    expect(reader.atBoundary).toBe(false);
    reader.push(bytes.subarray(13));
    expect(reader.atBoundary).toBe(true);
  });
});

describe('when the peer announces a large frame', () => {
  it('should accept the limit and refuse one byte more, before the body comes', () => {
    const { frames, reader } = collect(4);
    reader.push(hex('04000000 01 00 0000 00000000 00000000'));
    expect(frames).toHaveLength(1);
    expect(() => reader.push(hex('05000000 01 00 0000 00000000'))).toThrow(ProtocolError);
  });

  it('should name both sizes', () => {
    const announce = (): void => collect().reader.push(hex('ffffffff 01 00 0000 00000000'));
    expect(announce).toThrow(`frame of 4294967295 bytes announced, at most ${MAX_FRAME_BYTES} are accepted`);
  });

  it('should refuse a split header as soon as it is complete', () => {
    const { reader } = collect(4);
    reader.push(hex('05000000 01'));
    expect(() => reader.push(hex('00 0000 00000000'))).toThrow(ProtocolError);
  });
});
