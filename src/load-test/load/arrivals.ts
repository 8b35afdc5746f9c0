import { type Arrivals, type LoadStep } from '../load-plan.js';

const MS_PER_SECOND = 1000;

/**
 * Intended starts of an open loop, in milliseconds from its begin. Arrivals are drawn in units of requests and mapped to
 * time by the rate of each step, so that a gap which spans two steps has the right length.
 * @param random uniform in [0, 1)
 */
export function* arrivalTimes(steps: readonly LoadStep[], arrivals: Arrivals, random: () => number): Generator<number> {
  const gap = (): number => (arrivals === 'constant' ? 1 : -Math.log(1 - random()));
  // The first of constant arrivals comes at once: so a rate of r has r requests in each second.
  let request = arrivals === 'constant' ? 0 : gap();
  let before = 0;
  let startMs = 0;
  for (const { level, durationMs } of steps) {
    const within = (level * durationMs) / MS_PER_SECOND;
    for (; request < before + within; request += gap()) yield startMs + ((request - before) / level) * MS_PER_SECOND;
    before += within;
    startMs += durationMs;
  }
}
