import { ProtocolError } from '#libs/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, encodeBell, encodeRemoteEvents } from './answer-message.js';
import { readMessage } from './control-message.js';

const ready = fc.array(
  fc.record({
    sequence: fc.maxSafeNat(),
    value: fc.option(
      fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      { nil: undefined },
    ),
  }),
  { minLength: 1 },
);

describe('when a bell is rung', () => {
  it('should name the same outcomes, with the values that came along', () => {
    fc.assert(
      fc.property(ready, (outcomes) => {
        expect(decodeAnswer(encodeBell(outcomes))).toEqual({ kind: 'bell', ready: outcomes });
      }),
    );
  });

  it('should be no message when it is cut off or too long', () => {
    const bell = encodeBell([{ sequence: 7 }, { sequence: 8, value: Buffer.from('result') }]);
    for (let length = 14; length < bell.length; length++) {
      expect(() => decodeAnswer(bell.subarray(0, length))).toThrow(ProtocolError);
    }
    expect(() => decodeAnswer(Buffer.concat([bell, Buffer.of(0)]))).toThrow(ProtocolError);
  });

  it('should be no message when it names what is no sequence', () => {
    expect(() => decodeAnswer(encodeBell([{ sequence: 0.5 }]))).toThrow('bell of a gateway names no items');
  });
});

describe('when events are sent', () => {
  it('should bring them with their item and number', () => {
    const payload = Buffer.from('two events');
    const answer = decodeAnswer(encodeRemoteEvents(9, 2, payload));
    expect(answer).toEqual({ kind: 'events', sequence: 9, count: 2, payload });
  });
});

describe('when a message is none', () => {
  const bells = ['', 'null', '{}', '[1', '["1"]', '[null]', '[1.5]', '[1, 2, 3, 4, 5]'].map((text) => `\x01${text}`);

  it.each(['', 'x', '\x02short', '\x03', ...bells])('should refuse %j', (text) => {
    expect(() => decodeAnswer(Buffer.from(text, 'latin1'))).toThrow(ProtocolError);
  });

  it.each(['', 'x', '1', 'null', '"text"', '{'])('should pass over %j on the other channels', (text) => {
    expect(readMessage(text)).toBeUndefined();
  });
});
