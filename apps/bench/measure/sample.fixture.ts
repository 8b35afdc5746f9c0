import type { Sample } from '../load/run-load.js';

/** A sample without errors. */
export function sample(values: Partial<Sample> = {}): Sample {
  return {
    requestsPerSecond: 1_000,
    p50Ms: 1,
    p99Ms: 2,
    cpuPer1000: 0.5,
    memory: { bytes: 100_000_000, kind: 'PSS' },
    generatorCores: 0.1,
    otherCores: 0,
    errors: new Map(),
    ...values,
  };
}
