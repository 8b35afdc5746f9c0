import type { HoldPolicy } from './hold-policy.js';

/** `waitPolicy: 'fixed'`: every partial batch is held for the whole `maxWaitMs`. */
export class FixedHold implements HoldPolicy {
  constructor(
    private readonly maxBatchSize: number,
    readonly holdMs: number,
  ) {}

  target(): number {
    return this.maxBatchSize;
  }

  arrived(): void {}

  reached(): void {}

  missed(): void {}
}
