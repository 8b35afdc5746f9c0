import { describe, expect, it } from 'vitest';
import { decodeAnswer, encodeBell, encodeRemoteEvents } from './answer-message.js';
import { readMessage } from './control-message.js';

describe('when a host tells a gateway', () => {
  it('should name the items that have outcomes', () => {
    expect(decodeAnswer(encodeBell([1, 2 ** 40]))).toEqual({ kind: 'bell', ready: [1, 2 ** 40] });
  });

  it('should carry events', () => {
    const message = decodeAnswer(encodeRemoteEvents(2 ** 40, 3, Buffer.from('abc')));
    expect(message).toEqual({ kind: 'events', sequence: 2 ** 40, count: 3, payload: Buffer.from('abc') });
  });
});

describe('when a message is none', () => {
  const bells = ['', 'null', '{}', '[1', '["1"]', '[null]', '[1.5]'].map((text) => `\x01${text}`);

  it.each(['', 'x', '\x02short', '\x03', ...bells])('should refuse %j', (text) => {
    expect(() => decodeAnswer(Buffer.from(text, 'latin1'))).toThrow();
  });

  it.each(['', 'x', '1', 'null', '"text"', '{'])('should pass over %j on the other channels', (text) => {
    expect(readMessage(text)).toBeUndefined();
  });
});
