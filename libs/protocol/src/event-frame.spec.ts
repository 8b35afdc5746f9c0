import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCredit, decodeEvents, encodeCredit, encodeEvents } from './event-frame.js';
import { FrameReader } from './frame-reader.js';
import { FrameType, type Frame } from './frame.js';
import { ProtocolError } from './protocol.error.js';

function frameOf(bytes: Buffer): Frame {
  const frames: Frame[] = [];
  new FrameReader((frame) => frames.push(frame)).push(bytes);
  expect(frames).toHaveLength(1);
  return frames[0]!;
}

const nat16 = fc.nat(0xffff);
const nat32 = fc.nat(0xffffffff);

describe('when events and credits travel', () => {
  it('should have these bytes', () => {
    const events = Buffer.concat(encodeEvents(0x01020304, 5, 2, Buffer.from('ab')));
    expect(events.toString('hex')).toBe('04000000' + '08' + '00' + '0200' + '04030201' + '0500' + '6162');
    const credit = encodeCredit(7, 1, 0x8000);
    expect(credit.toString('hex')).toBe('08000000' + '09' + '00' + '0100' + '07000000' + '0100' + '0000' + '00800000');
  });

  it('should come out as they went in', () => {
    fc.assert(
      fc.property(nat32, nat16, nat16, fc.uint8Array({ maxLength: 100 }), (batch, index, count, payload) => {
        const frame = frameOf(Buffer.concat(encodeEvents(batch, index, count, payload)));
        expect(frame).toMatchObject({ type: FrameType.Events, batch, count });
        expect(decodeEvents(frame)).toEqual({ index, payload: Buffer.from(payload) });
      }),
    );
    fc.assert(
      fc.property(nat32, nat16, nat32, (batch, index, bytes) => {
        const frame = frameOf(encodeCredit(batch, index, bytes));
        expect(frame).toMatchObject({ type: FrameType.Credit, batch });
        expect(decodeCredit(frame)).toEqual({ index, bytes });
      }),
    );
  });

  it('should be refused where they have the wrong length', () => {
    const frame = { type: 0, flags: 0, count: 0, batch: 0 };
    expect(() => decodeEvents({ ...frame, body: Buffer.alloc(1) })).toThrow(ProtocolError);
    expect(() => decodeCredit({ ...frame, body: Buffer.alloc(7) })).toThrow(ProtocolError);
    expect(() => decodeCredit({ ...frame, body: Buffer.alloc(9) })).toThrow(ProtocolError);
  });
});
