import { describe, expect, it } from 'vitest';
import { ClientError } from '#libs/contracts';
import { requestTimeout } from './request-timeout.js';

describe('when a client asks for a timeout', () => {
  it.each([
    [undefined, 3000],
    ['100', 100],
    [' 100 ', 100],
    ['0.5', 0.5],
    ['3000', 3000],
    ['3001', 3000],
    ['9'.repeat(400), 3000],
  ])('should only shorten that of the route: %s', (header, timeoutMs) => {
    expect(requestTimeout(header, 3000)).toBe(timeoutMs);
  });

  it.each(['', ' ', '0', '0.0', '-1', '1e3', '10s', 'NaN', 'Infinity', '.5', '5.', '1,5', '0x10'])(
    'should refuse what is no positive number of milliseconds: %j',
    (header) => {
      const error = new ClientError('X-Request-Timeout must be a positive number of milliseconds');
      expect(() => requestTimeout(header, 3000)).toThrow(error);
    },
  );

  it('should refuse several', () => {
    expect(() => requestTimeout(['1', '2'], 3000)).toThrow(ClientError);
  });
});
