import { AdaptiveHold } from './adaptive-hold.js';
import type { CollectorOptions } from './batch-collector-options.js';
import { FixedHold } from './fixed-hold.js';
import type { HoldPolicy } from './hold-policy.js';

/** The policy for these options; `undefined` when they leave nothing to hold for, so that the hot path records nothing. */
export function createHoldPolicy({ maxBatchSize, maxWaitMs, waitPolicy }: CollectorOptions): HoldPolicy | undefined {
  if (maxBatchSize <= 1 || maxWaitMs <= 0) return undefined;
  return waitPolicy === 'fixed' ? new FixedHold(maxBatchSize, maxWaitMs) : new AdaptiveHold(maxBatchSize, maxWaitMs);
}
