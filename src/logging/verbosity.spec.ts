import { describe, expect, it } from 'vitest';
import { Verbosity } from './verbosity.js';

describe('when the level of the log is switched', () => {
  it.each([
    ['info', 'debug'],
    ['warning', 'debug'],
    ['error', 'debug'],
    ['debug', 'info'],
  ] as const)('should go from %s to %s and back', (configured, other) => {
    const verbosity = new Verbosity(configured);
    expect([verbosity.level, verbosity.toggle(), verbosity.level]).toEqual([configured, other, other]);
    expect(verbosity.toggle()).toBe(configured);
  });
});
