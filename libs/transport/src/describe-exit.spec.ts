import { describe, expect, it } from 'vitest';
import { describeExit } from './describe-exit.js';

describe('when a process has ended', () => {
  it.each([
    [0, null, 'exited with code 0'],
    [1, null, 'exited with code 1'],
    [137, null, 'exited with code 137 (SIGKILL)'],
    [139, null, 'exited with code 139 (SIGSEGV)'],
    [128, null, 'exited with code 128'],
    [null, 'SIGTERM', 'killed by SIGTERM'],
    [null, 'SIGKILL', 'killed by SIGKILL (out of memory, or killed from outside)'],
  ] as const)('should say how, for code %s and signal %s', (code, signal, words) => {
    expect(describeExit(code, signal)).toBe(words);
  });
});
