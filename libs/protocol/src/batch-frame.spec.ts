import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkItem } from '#libs/contracts';
import { decodeBatch, encodeBatch } from './batch-frame.js';
import { FrameType } from './frame.js';
import { hex, readFrames, type FrameBytes } from './frame-bytes.fixture.js';
import { COPY_THRESHOLD_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';

const item = (part: Partial<WorkItem> = {}): WorkItem => ({
  payload: Buffer.alloc(0),
  inputFormat: 0,
  outputFormat: 0,
  eventFormat: 0,
  context: '',
  deadline: Infinity,
  ...part,
});

/** One item, deadline 1, formats 0 and 255, context "{}", payload aa bb. */
const ONE_ITEM: FrameBytes = {
  header: '1c000000 01 00 0100 07000000',
  body: '000000000000f03f 00 ff 0000 02000000 02000000 00000000  7b7d  aabb',
};

function decode(header: string, body: string): WorkItem[] {
  return readFrames([hex(header), hex(body)]).flatMap((frame) => decodeBatch(frame));
}

describe('when a batch is written as a frame', () => {
  it('should have these bytes', () => {
    const payload = Uint8Array.of(0xaa, 0xbb);
    const buffers = encodeBatch(7, [item({ payload, outputFormat: 255, context: '{}', deadline: 1 })]);
    expect(buffers.map((buffer) => buffer.toString('hex'))).toEqual([
      hex(ONE_ITEM.header + ONE_ITEM.body).toString('hex'),
    ]);
  });

  it('should have contexts before payloads where there are several items', () => {
    const items = [
      item({ context: 'é', payload: Uint8Array.of(1) }),
      item({ context: 'b', payload: Uint8Array.of(2) }),
    ];
    const infinity = '000000000000f07f';
    expect(Buffer.concat(encodeBatch(1, items)).toString('hex')).toBe(
      hex(
        `35000000 01 00 0200 01000000
         ${infinity} 00 00 0000 02000000 01000000 00000000
         ${infinity} 00 00 0000 01000000 01000000 00000000
         c3a9 62 01 02`,
      ).toString('hex'),
    );
  });

  it('should refer to large payloads and copy small ones', () => {
    const large = new Uint8Array(COPY_THRESHOLD_BYTES + 2).subarray(1);
    const small = new Uint8Array(COPY_THRESHOLD_BYTES);
    const buffers = encodeBatch(1, [item({ payload: large }), item({ payload: small })]);
    const shared = buffers.filter(({ buffer }) => buffer === large.buffer);
    expect(shared.map(({ byteOffset, length }) => [byteOffset, length])).toEqual([[1, large.length]]);
    expect(buffers.some(({ buffer }) => buffer === small.buffer)).toBe(false);
  });
});

describe('when a batch frame is read', () => {
  it('should give the items of these bytes', () => {
    const payload = Buffer.from([0xaa, 0xbb]);
    expect(decode(ONE_ITEM.header, ONE_ITEM.body)).toEqual([
      item({ payload, outputFormat: 255, context: '{}', deadline: 1 }),
    ]);
  });

  it('should give payloads as views of the frame', () => {
    const [frame] = readFrames([hex(ONE_ITEM.header + ONE_ITEM.body)]);
    expect(decodeBatch(frame!)[0]!.payload.buffer).toBe(frame!.body.buffer);
  });

  it('should give back any items, whatever their size', () => {
    const sizes = fc.oneof(
      { weight: 4, arbitrary: fc.nat(20) },
      fc.integer({ min: COPY_THRESHOLD_BYTES - 1, max: COPY_THRESHOLD_BYTES + 2 }),
    );
    const items = fc.array(
      fc.record({
        payload: sizes.map((size) => Buffer.alloc(size, size)),
        inputFormat: fc.nat(255),
        outputFormat: fc.nat(255),
        eventFormat: fc.nat(255),
        context: fc.string({ unit: 'grapheme' }),
        deadline: fc.oneof(fc.constant(Infinity), fc.double({ noNaN: true })),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.nat(0xffffffff), items, (batch, sent) => {
        const frames = readFrames(encodeBatch(batch, sent));
        expect(frames).toMatchObject([{ type: FrameType.Batch, flags: 0, batch, count: sent.length }]);
        expect(decodeBatch(frames[0]!)).toEqual(sent);
      }),
    );
  });
});

describe('when a batch frame does not add up', () => {
  const [, body] = [ONE_ITEM.header, hex(ONE_ITEM.body)];
  const frame = (bytes: Buffer, count = 1) => ({ type: 1, flags: 0, batch: 1, count, body: bytes });

  it('should refuse every truncation', () => {
    for (let length = 0; length < body.length; length += 1)
      expect(() => decodeBatch(frame(body.subarray(0, length)))).toThrow(ProtocolError);
  });

  it('should refuse bytes behind the last item', () => {
    expect(() => decodeBatch(frame(Buffer.concat([body, Buffer.alloc(1)])))).toThrow('longer than its items');
  });

  it.each([0, 2, 65535])('should refuse a count of %d where there is one item', (count) => {
    expect(() => decodeBatch(frame(body, count))).toThrow(ProtocolError);
  });

  it.each([12, 16])('should refuse a size at byte %d that reaches beyond the frame', (at) => {
    const wrong = Buffer.from(body);
    wrong.writeUInt32LE(0xffffffff, at);
    expect(() => decodeBatch(frame(wrong))).toThrow('shorter than its payloads');
  });
});
