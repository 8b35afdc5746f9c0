import { afterEach, describe, expect, it } from 'vitest';
import { callFiles } from './call-files.js';
import { toFileUrl } from './file-url.js';

const { prepareStackTrace, stackTraceLimit } = Error;

function deep(levels: number): string[] {
  return levels === 0 ? callFiles() : deep(levels - 1);
}

describe('when the calls in progress are read', () => {
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('should begin with the caller', () => {
    expect(toFileUrl(callFiles()[0] ?? '')).toBe(toFileUrl(import.meta.url));
  });

  it('should see beyond the usual limit of a stack trace', () => {
    expect(deep(50).length).toBeGreaterThan(50);
  });

  it('should leave the settings of stack traces as they were', () => {
    const prepare = (): string => 'prepared';
    Error.prepareStackTrace = prepare;
    Error.stackTraceLimit = 3;
    callFiles();
    expect([Error.prepareStackTrace, Error.stackTraceLimit]).toEqual([prepare, 3]);
  });
});
