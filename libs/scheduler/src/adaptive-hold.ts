import type { HoldPolicy } from './hold-policy.js';
import { RecentPopulation } from './adaptive-hold-population.js';

const MIN_RECORDS = 32;
const RECORDS_TO_JUDGE = 4;
const MISSES_TO_PROBE = 64;

/**
 * `waitPolicy: 'adaptive'`: holds a batch only for companions that recent load promises, and for as long as that works.
 * The target is the largest recent population shared among the ready replicas, rounded down: one companion short of
 * an even share still leaves at once, where one too many would be waited for in vain. The hold starts at a quarter of
 * `maxWaitMs`, doubles when a held batch reaches its target and halves, down to a sixteenth, when one does not;
 * every 64th miss in a row tries the full `maxWaitMs` once, since companions may have become slower than the hold.
 */
export class AdaptiveHold implements HoldPolicy {
  readonly #recent: RecentPopulation;
  #holdMs: number;
  #misses = 0;

  constructor(
    private readonly maxBatchSize: number,
    private readonly maxWaitMs: number,
  ) {
    this.#recent = new RecentPopulation(2 * Math.max(MIN_RECORDS, maxBatchSize));
    this.#holdMs = maxWaitMs / 4;
  }

  get holdMs(): number {
    return this.#holdMs;
  }

  arrived(now: number, population: number): void {
    this.#recent.add(now, population);
  }

  target(now: number, readyReplicas: number): number {
    const recent = this.#recent;
    recent.forget(now);
    if (recent.count < RECORDS_TO_JUDGE || recent.mostlyAlone) return 1;
    return Math.min(this.maxBatchSize, Math.max(1, Math.floor(recent.largest / Math.max(1, readyReplicas))));
  }

  reached(): void {
    this.#misses = 0;
    this.#holdMs = Math.min(this.maxWaitMs, this.#holdMs * 2);
  }

  missed(): void {
    this.#misses += 1;
    if (this.#misses % MISSES_TO_PROBE === 0) this.#holdMs = this.maxWaitMs;
    else this.#holdMs = this.#misses > MISSES_TO_PROBE ? this.#shortest : Math.max(this.#shortest, this.#holdMs / 2);
  }

  get #shortest(): number {
    return this.maxWaitMs / 16;
  }
}
