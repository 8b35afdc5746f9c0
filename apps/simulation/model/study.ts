import { boundsOf, leastOf } from './bounds.js';
import type { Result, Utilisation } from './result.js';
import { run } from './run.js';
import { prefetch, serviceMs, type Scenario } from './scenario.js';

/** How a cluster does: as much as it can, and with part of that. */
export interface Study {
  readonly scenario: Scenario;
  /** With as many clients as it needs. */
  readonly most: Result;
  /** What is busiest then; `clients` if nothing is busy. */
  readonly limit: keyof Utilisation | 'clients';
  /** With requests at random, at the given share of the most. */
  readonly usual: Result;
}

/** Below this share of time the busiest part is no limit. */
const BUSY = 0.85;
/** Requests that are open for each that the slowest part can have at work: enough that it never waits for clients. */
const QUEUED = 2;
const LEAST_ANSWERS = 4_000;
const MOST_ANSWERS = 60_000;
const SLACK_MS = 10;

export function study(scenario: Scenario, load: number): Study {
  const clients = clientsFor(scenario);
  const measured = Math.min(MOST_ANSWERS, Math.max(LEAST_ANSWERS, 3 * clients));
  const most = run(scenario, { clients }, { warmUp: Math.max(LEAST_ANSWERS / 2, 2 * clients), measured });
  const usual = run(scenario, { perSecond: load * most.throughput }, { warmUp: measured / 4, measured });
  return { scenario, most, limit: limitOf(most.utilisation), usual };
}

/** Little's law, for the time that a request would take if it waited for nothing but `QUEUED` rounds. */
export function clientsFor(scenario: Scenario): number {
  const perSecond = leastOf(boundsOf(scenario));
  const serviceSum = scenario.stages.reduce((sum, stage) => sum + serviceMs(stage, stage.maxBatchSize) + SLACK_MS, 0);
  const places = scenario.stages.reduce((most, stage) => Math.max(most, prefetch(stage, scenario.replicas)), 0);
  return Math.ceil(Math.max(places, (QUEUED * perSecond * serviceSum) / 1_000));
}

function limitOf(utilisation: Utilisation): Study['limit'] {
  const names: (keyof Utilisation)[] = ['redis', 'network', 'gateway', 'host', 'replica'];
  const busiest = names.reduce((most, name) => (utilisation[name] > utilisation[most] ? name : most));
  return utilisation[busiest] >= BUSY ? busiest : 'clients';
}
