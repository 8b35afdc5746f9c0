import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExact } from './exact-json.js';

describe('when JSON has integers that a double cannot hold', () => {
  it('should give them as their digits, and everything else as it is', () => {
    const text =
      '{"a":[9223372036854775807,-12345678901234567890, 1.1234567890123456789,1e30,7],"b":[true,null,false]}';
    expect(parseExact(text)).toEqual({
      a: ['9223372036854775807', '-12345678901234567890', 1.1234567890123456789, 1e30, 7],
      b: [true, null, false],
    });
  });

  it('should leave digits in texts alone', () => {
    const value = { '12345678901234567890': 'say "12345678901234567890"\\', b: '\\"12345678901234567890' };
    expect(parseExact(JSON.stringify(value))).toEqual(value);
  });

  it('should agree with JSON.parse where there are none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value).replace(/\d{16,}/g, '1');
        expect(parseExact(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
