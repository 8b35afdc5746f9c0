import { describe, expect, it } from 'vitest';
import { decodeControl, encodeControl, type FromWorker, type ToWorker } from './control-message.js';
import type { Frame } from './frame.js';
import { hex, readFrames } from './frame-bytes.fixture.js';
import { MAX_CONTROL_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';

const MESSAGES: (ToWorker | FromWorker)[] = [
  { kind: 'stop' },
  { kind: 'ready', loadMs: 1.5, warmUpMs: 0, examples: ['/w8='] },
  { kind: 'failed', reason: 'no model „é“' },
  { kind: 'log', level: 'warning', message: 'careful\nnow' },
];

const frameOf = (body: Buffer): Frame => ({ type: 5, flags: 0, count: 0, batch: 0, body });

describe('when a control message is sent', () => {
  it('should have these bytes', () => {
    const bytes = `0f000000 05 00 0000 00000000 ${Buffer.from('{"kind":"stop"}').toString('hex')}`;
    expect(encodeControl({ kind: 'stop' }).toString('hex')).toBe(hex(bytes).toString('hex'));
  });

  it.each(MESSAGES)('should arrive as it was sent: $kind', (message) => {
    const [frame] = readFrames([encodeControl(message)]);
    expect(decodeControl(frame!)).toEqual(message);
  });
});

describe('when a control frame holds no message', () => {
  it.each([
    ['', 'not JSON'],
    ['{"kind":', 'not JSON'],
    ['null', 'has no kind'],
    ['"stop"', 'has no kind'],
    ['{}', 'has no kind'],
  ])('should refuse %j', (text, why) => {
    expect(() => decodeControl(frameOf(Buffer.from(text)))).toThrow(ProtocolError);
    expect(() => decodeControl(frameOf(Buffer.from(text)))).toThrow(why);
  });

  it('should refuse one that is too long before it parses it', () => {
    expect(() => decodeControl(frameOf(Buffer.alloc(MAX_CONTROL_BYTES + 1)))).toThrow('too long');
  });
});
