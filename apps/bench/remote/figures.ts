import { median } from '../statistics.js';
import type { InsideSample } from '../server/inside-route.js';
import { ROLES, type Cores, type Role } from './processors.js';

/** What one load on the stage in one place has shown. */
export interface RemoteSample extends InsideSample {
  /** Mean over the batches; NaN for a stage without batches. */
  readonly batchItems: number;
  readonly cores: Cores;
}

/** Medians over the rounds. Errors of all rounds. */
export function figuresOf(samples: readonly RemoteSample[]): RemoteSample {
  const middle = (figure: (sample: RemoteSample) => number): number => median(samples.map(figure));
  const errors: Record<string, number> = {};
  for (const sample of samples) {
    for (const [error, count] of Object.entries(sample.errors)) errors[error] = (errors[error] ?? 0) + count;
  }
  return {
    itemsPerSecond: middle(({ itemsPerSecond }) => itemsPerSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    batchItems: middle(({ batchItems }) => batchItems),
    cores: Object.fromEntries(ROLES.map((role) => [role, middle(({ cores }) => cores[role])])) as Record<Role, number>,
    errors,
  };
}
