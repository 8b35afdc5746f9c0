import { describe, expect, it } from 'vitest';
import { MosecError, ValidationError } from '#libs/contracts';
import { describeFailure } from './describe-failure.js';

describe('when a stage cannot start', () => {
  it('should tell an operator where an unexpected error came from', () => {
    const error = new TypeError('x is not a function');
    expect(describeFailure(error)).toBe(error.stack);
    error.stack = undefined;
    expect(describeFailure(error)).toBe('x is not a function');
  });

  it('should tell a mistake in the configuration in its own words alone', () => {
    const error = new Error('Stage "A" has no handler.');
    error.name = 'MosecConfigurationError';
    expect(describeFailure(error)).toBe('Stage "A" has no handler.');
  });

  it('should tell what came across the wire rather than what a client would be told', () => {
    const error = new MosecError('inference internal error', 500, 'INTERNAL', { cause: 'Error: no model\n    at …' });
    expect(describeFailure(error)).toBe('Error: no model\n    at …');
    expect(describeFailure(new ValidationError('too long'))).toBe('too long');
  });

  it('should cope with a thrown value that is no error', () => {
    expect(describeFailure('out of luck')).toBe('out of luck');
    expect(describeFailure(undefined)).toBe('undefined');
  });
});
