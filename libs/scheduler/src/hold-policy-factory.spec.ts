import { describe, expect, it } from 'vitest';
import { AdaptiveHold } from './adaptive-hold.js';
import { FixedHold } from './fixed-hold.js';
import { createHoldPolicy } from './hold-policy-factory.js';

describe('createHoldPolicy', () => {
  it('should make no policy when there is nothing to hold for', () => {
    expect(createHoldPolicy({ maxBatchSize: 1, maxWaitMs: 10, waitPolicy: 'adaptive' })).toBeUndefined();
    expect(createHoldPolicy({ maxBatchSize: 8, maxWaitMs: 0, waitPolicy: 'fixed' })).toBeUndefined();
  });

  it('should make the policy that the options name', () => {
    expect(createHoldPolicy({ maxBatchSize: 8, maxWaitMs: 10, waitPolicy: 'adaptive' })).toBeInstanceOf(AdaptiveHold);
    expect(createHoldPolicy({ maxBatchSize: 8, maxWaitMs: 10, waitPolicy: 'fixed' })).toBeInstanceOf(FixedHold);
  });
});
