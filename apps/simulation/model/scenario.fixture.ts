import { PARAMETERS } from '../parameters.js';
import type { Scenario, StageSpec } from './scenario.js';

export const STAGE: StageSpec = { baseMs: 20, itemMs: 0.5, maxBatchSize: 32, isLocal: false };

/** One host, one gateway and one Redis for one stage, changed at will. */
export function scenarioWith(changes: Partial<Scenario> = {}): Scenario {
  return {
    hosts: 1,
    gateways: 1,
    shards: 1,
    shardBy: 'cell',
    stages: [STAGE],
    replicas: 1,
    maxWaitMs: 10,
    requestKib: 1,
    resultKib: 1,
    rttMs: 0.2,
    stalledMs: 3_000,
    seed: 1,
    parameters: PARAMETERS,
    ...changes,
  };
}
