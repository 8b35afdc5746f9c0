import { describe, expect, it } from 'vitest';
import { OPTION_TABLE } from './option-table.js';

const { kind } = OPTION_TABLE.sharedMemory;

describe('when shared memory is configured', () => {
  it.each([
    [false],
    [{}],
    [{ sizeBytes: 1 << 20 }],
    [{ thresholdBytes: 1 }],
    [{ sizeBytes: 2 ** 38, thresholdBytes: 1 }],
  ])('should accept %o', (value) => {
    expect(kind.fromValue(value)).toBe(value);
  });

  it.each([
    [true],
    [null],
    ['64MB'],
    [{ sizeBytes: 1 }],
    [{ sizeBytes: '1' }],
    [{ thresholdBytes: 0 }],
    [{ thresholdBytes: 1.5 }],
  ])('should refuse %o', (value) => {
    expect(kind.fromValue(value)).toBeUndefined();
  });

  it('should not be read from text', () => {
    expect(kind.fromText('false')).toBeUndefined();
  });
});
