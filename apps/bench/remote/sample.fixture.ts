import type { BullMqFigures } from './bull-mq.js';
import type { RemoteSample } from './figures.js';
import type { LoadName } from './loads.js';
import type { LoadSamples, RemoteSamples } from './summary.js';

/** A sample without errors. */
export function remoteSample(values: Partial<RemoteSample> = {}): RemoteSample {
  const workers = { 'its workers': 0, 'their workers': 0.05 };
  return {
    itemsPerSecond: 1_000,
    p50Ms: 1,
    p99Ms: 2,
    batchItems: 32,
    cores: { client: 0, gateway: 0.5, hosts: 0.4, Redis: 0.25, others: 0, ...workers },
    errors: {},
    ...values,
  };
}

/** One round of each load that is not given. */
export function samplesOf(
  loads: Partial<Record<LoadName, LoadSamples>> = {},
  bullMq: readonly BullMqFigures[] = [{ p50Ms: 0.5, p99Ms: 2, jobsPerSecond: 10_000 }],
): RemoteSamples {
  const usual = { local: [remoteSample()], remote: [remoteSample()] };
  return { bullMq, loads: { alone: usual, http: usual, inside: usual, ...loads } };
}
