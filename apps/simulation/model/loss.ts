import { boundsOf, leastOf } from './bounds.js';
import type { Result } from './result.js';
import { run } from './run.js';
import type { Scenario } from './scenario.js';

/** Until the last item of a lost host is answered surely, in multiples of `stalledMs`. */
const WATCHED = 3;
const LEAST_WARM_UP = 2_000;

/** Hosts are lost at the given share of the least bound: what becomes of the requests of the seconds after it. */
export function loseHosts(scenario: Scenario, load: number, lost: number): Result {
  const perSecond = load * leastOf(boundsOf(scenario));
  const measured = Math.ceil((perSecond * WATCHED * scenario.stalledMs) / 1_000);
  const warmUp = Math.max(LEAST_WARM_UP, Math.ceil(perSecond));
  return run(scenario, { perSecond }, { warmUp, measured, loseHosts: lost });
}
