/** A record tells nothing about the present load after this time. */
const MEMORY_MS = 1000;

/** What the latest arrivals found: the largest population, and whether most were alone. Constant time, no allocation. */
export class RecentPopulation {
  readonly #times: Float64Array;
  readonly #populations: Float64Array;
  #first = 0;
  #count = 0;
  #alone = 0;

  // Slots in order of arrival whose population exceeds that of every later record; the first of them is the maximum.
  readonly #peaks: Int32Array;
  #firstPeak = 0;
  #peakCount = 0;

  /** @param capacity Number of records kept. */
  constructor(private readonly capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#populations = new Float64Array(capacity);
    this.#peaks = new Int32Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Largest population on record; 0 if there is none. */
  get largest(): number {
    return this.#peakCount === 0 ? 0 : this.#populationAt(this.#peakAt(0));
  }

  /** Whether the (upper) median population is 1. */
  get mostlyAlone(): boolean {
    return this.#alone > this.#count >> 1;
  }

  add(now: number, population: number): void {
    if (this.#count === this.capacity) this.#dropFirst();
    const slot = this.#wrap(this.#first + this.#count);
    this.#times[slot] = now;
    this.#populations[slot] = population;
    this.#count += 1;
    if (population === 1) this.#alone += 1;
    while (this.#peakCount > 0 && this.#populationAt(this.#peakAt(this.#peakCount - 1)) <= population)
      this.#peakCount -= 1;
    this.#peaks[this.#wrap(this.#firstPeak + this.#peakCount)] = slot;
    this.#peakCount += 1;
  }

  /** Drops the records that are a second old. */
  forget(now: number): void {
    while (this.#count > 0 && now - (this.#times[this.#first] ?? 0) >= MEMORY_MS) this.#dropFirst();
  }

  #dropFirst(): void {
    if (this.#populationAt(this.#first) === 1) this.#alone -= 1;
    if (this.#peakAt(0) === this.#first) {
      this.#firstPeak = this.#wrap(this.#firstPeak + 1);
      this.#peakCount -= 1;
    }
    this.#first = this.#wrap(this.#first + 1);
    this.#count -= 1;
  }

  #populationAt(slot: number): number {
    return this.#populations[slot] ?? 0;
  }

  #peakAt(index: number): number {
    return this.#peaks[this.#wrap(this.#firstPeak + index)] ?? 0;
  }

  #wrap(slot: number): number {
    return slot < this.capacity ? slot : slot - this.capacity;
  }
}
