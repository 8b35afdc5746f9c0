import { describe, expect, it } from 'vitest';
import { describeThreadFailure } from './describe-thread-failure.js';

const CURE = "this does not work in a thread, run the stage with execution: 'process': ";

describe('when a stage cannot start in a thread', () => {
  it.each(['process.chdir() is not supported in workers', "Module did not self-register: 'addon.node'."])(
    'should name the cure where a process would do: %s',
    (message) => {
      const error = new Error(message);
      expect(describeThreadFailure(error)).toBe(CURE + String(error.stack));
    },
  );

  it('should say nothing of threads where they are not the cause', () => {
    expect(describeThreadFailure('no model')).toBe('no model');
  });
});
