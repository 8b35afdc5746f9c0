import { describe, expect, it } from 'vitest';
import { describeThreadError } from './describe-thread-error.js';

describe('when an error has ended a thread', () => {
  it('should be told with where it came from', () => {
    const error = new TypeError('x is not a function');
    expect(describeThreadError(error)).toBe(`uncaught ${error.stack}`);
    error.stack = undefined;
    expect(describeThreadError(error)).toBe('uncaught x is not a function');
  });

  it('should be told in words when the heap was full', () => {
    const error = Object.assign(new Error('reaching memory limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
    expect(describeThreadError(error)).toBe(
      'out of memory: the JavaScript heap of the thread is full (ERR_WORKER_OUT_OF_MEMORY)',
    );
  });

  it('should be told where it was no error', () => {
    expect(describeThreadError(undefined)).toBe('uncaught undefined');
  });
});
