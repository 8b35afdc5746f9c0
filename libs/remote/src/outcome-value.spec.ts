import { describe, expect, it } from 'vitest';
import { ValidationError } from '#libs/contracts';
import { decodeOutcome, encodeFailure, encodePayload } from './outcome-value.js';

const timing = { computeMs: 1.5, batchSize: 32 };

describe('when an outcome travels as a value', () => {
  it('should keep a result, and what it took', () => {
    const { payload, error, ...rest } = decodeOutcome(encodePayload(Buffer.from('result'), timing));
    expect(payload?.toString()).toBe('result');
    expect(error).toBeUndefined();
    expect(rest).toEqual(timing);
  });

  it('should keep an empty result', () => {
    expect(decodeOutcome(encodePayload(new Uint8Array(0), timing)).payload).toHaveLength(0);
  });

  it('should keep an error with its status and code', () => {
    const { error, payload, ...rest } = decodeOutcome(encodeFailure(new ValidationError('too short'), timing));
    expect(error).toMatchObject({ statusCode: 422, code: 'VALIDATION' });
    expect(payload).toBeUndefined();
    expect(rest).toEqual(timing);
  });

  it('should refuse what is too short, and no error', () => {
    expect(() => decodeOutcome(Buffer.alloc(7))).toThrow('too short');
    expect(() => decodeOutcome(Buffer.concat([Buffer.of(1), Buffer.alloc(20, 255)]))).toThrow();
  });
});
