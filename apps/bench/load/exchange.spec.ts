import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange.js';

function bodyOf({ first, rest }: Exchange): Buffer {
  const request = Buffer.concat([first, rest]);
  return request.subarray(request.indexOf('\r\n\r\n') + 4);
}

describe.each([1, 20, 16_000, 16_001, 100_000])('when bodies have %i bytes', (bytes) => {
  const [first, second] = Exchange.forEach(2, '/one', bytes) as [Exchange, Exchange];

  it('should send as many as the head says', () => {
    expect(bodyOf(first)).toHaveLength(bytes);
    expect(first.first.toString()).toContain(`POST /one HTTP/1.1\r\n`);
    expect(first.first.toString()).toContain(`\r\nContent-Length: ${bytes}\r\n`);
  });

  it('should know its own body, in whatever parts it comes', () => {
    const body = bodyOf(first);
    for (const at of [0, 1, bytes >> 1, 15_999, 16_000, 16_001].filter((offset) => offset <= bytes)) {
      expect(first.matches(body.subarray(0, at), 0)).toBe(true);
      expect(first.matches(body.subarray(at), at)).toBe(true);
    }
  });

  it('should tell a body that another connection has sent', () => {
    expect(first.matches(bodyOf(second), 0)).toBe(false);
  });

  it('should tell a single wrong byte at the end', () => {
    const body = Buffer.from(bodyOf(first));
    body.writeUInt8(body.readUInt8(bytes - 1) ^ 1, bytes - 1);
    expect(first.matches(body, 0)).toBe(false);
    expect(first.matches(body.subarray(bytes - 1), bytes - 1)).toBe(false);
  });
});

describe('when an answer is longer than the body', () => {
  it('should not match', () => {
    const [exchange] = Exchange.forEach(1, '/one', 20) as [Exchange];
    expect(exchange.matches(Buffer.concat([bodyOf(exchange), Buffer.from('m')]), 0)).toBe(false);
  });
});
