import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { checkAutoscale } from './check-autoscale.js';
import { checkCodecs } from './check-codecs.js';
import { checkHandOver } from './check-hand-over.js';
import { checkInteger, LONGEST_TIMER_MS } from './check-integer.js';

/** Places in a batch travel as 16-bit numbers. */
const LARGEST_BATCH = 65_535;
/** More calls in one process than this are a mistake: each has its window of events, and its place in each look at all. */
const MOST_CALLS = 10_000;
const WAIT_POLICIES = ['adaptive', 'fixed'];
const PLACEMENTS = ['local', 'remote'];
const EXECUTIONS = ['process', 'thread', 'inline'];

export function checkStageOptions(stage: string, options: StageOptions): void {
  const owner = `Stage "${stage}"`;
  checkInteger(owner, 'replicas', options.replicas, 1);
  checkInteger(owner, 'maxBatchSize', options.maxBatchSize, 1, LARGEST_BATCH);
  checkInteger(owner, 'maxConcurrency', options.maxConcurrency, 1, MOST_CALLS);
  checkInteger(owner, 'maxWaitMs', options.maxWaitMs, 0, LONGEST_TIMER_MS);
  checkInteger(owner, 'timeoutMs', options.timeoutMs, 1, LONGEST_TIMER_MS);
  checkInteger(owner, 'maxQueueWaitMs', options.maxQueueWaitMs, 0, LONGEST_TIMER_MS);
  checkInteger(owner, 'recycle.maxRequests', options.recycle?.maxRequests, 1);
  checkInteger(owner, 'recycle.maxRssBytes', options.recycle?.maxRssBytes, 1);
  checkInteger(owner, 'recycle.maxAgeMs', options.recycle?.maxAgeMs, 1, LONGEST_TIMER_MS);
  checkChoice(owner, 'waitPolicy', options.waitPolicy, WAIT_POLICIES);
  checkChoice(owner, 'execution', options.execution, EXECUTIONS);
  checkChoice(owner, 'placement', options.placement, PLACEMENTS);
  checkRecycling(owner, options);
  checkAutoscale(owner, options);
  checkEnv(owner, options.env, options.autoscale?.max ?? options.replicas ?? 1);
  checkCodecs(owner, options);
  checkHandOver(owner, options);
}

function checkChoice(owner: string, option: string, value: string | undefined, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value)) return;
  const list = choices.map((choice) => `'${choice}'`).join(' or ');
  throw new MosecConfigurationError(`${owner} has ${option} "${value}": give ${list}.`);
}

/** Resident memory is that of a process, which a thread or an inline stage shares with the whole server. */
function checkRecycling(owner: string, { recycle, execution = 'process' }: StageOptions): void {
  if (recycle?.maxRssBytes === undefined || execution === 'process') return;
  throw new MosecConfigurationError(
    `${owner} has recycle.maxRssBytes and execution "${execution}", which has no memory of its own to measure: ` +
      "recycle it by maxRequests or maxAgeMs, or give it execution 'process'.",
  );
}

function checkEnv(owner: string, env: StageOptions['env'], replicas: number): void {
  if (env === undefined) return;
  if (env.length < replicas) {
    throw new MosecConfigurationError(
      `${owner} has env for ${env.length} of its ${replicas} replicas: give one map per replica, {} for none.`,
    );
  }
  for (const [index, variables] of env.entries()) {
    const bad = Object.entries(variables).find(([, value]) => typeof value !== 'string');
    if (bad) {
      throw new MosecConfigurationError(
        `${owner} has env variable "${bad[0]}" of replica ${index + 1} with a ${typeof bad[1]} value: give a string.`,
      );
    }
  }
}
