import type { WaitPolicy } from '#libs/contracts';
import { BatchCollector } from './batch-collector.js';
import { QueueEntry } from './item-queue-entry.js';

/** A load on one pool. Times in milliseconds; a batch of n takes `baseMs + perItemMs * n`. */
export interface Load {
  /** Closed-loop clients, each of which sends again about `thinkMs` after its answer. */
  readonly clients?: number;
  readonly thinkMs?: number;
  /** Open-loop (Poisson) arrivals per second, instead of clients. */
  readonly perSecond?: number;
  readonly replicas?: number;
  readonly maxBatchSize?: number;
  readonly maxWaitMs?: number;
  readonly baseMs?: number;
  readonly perItemMs?: number;
}

export interface Result {
  readonly throughput: number;
  readonly p50: number;
  readonly p99: number;
  readonly meanBatch: number;
}

const DURATION_MS = 20_000;

class Request extends QueueEntry {
  constructor() {
    super(Infinity);
  }
}

/** Drives the real collector through virtual time. */
export class Simulation {
  readonly #load: Required<Load>;
  readonly #collector: BatchCollector<Request>;
  readonly #agenda = new Agenda();
  readonly #latencies: number[] = [];
  #seed = 1;
  #now = 0;
  #idle: number;
  #idleSince = 0;
  #running = 0;
  #batches = 0;
  #alarm = -1;

  constructor(load: Load, waitPolicy: WaitPolicy | 'never') {
    const defaults = {
      clients: 0,
      thinkMs: 0.3,
      perSecond: 0,
      replicas: 1,
      maxBatchSize: 32,
      maxWaitMs: 10,
      baseMs: 5,
      perItemMs: 0.1,
    };
    this.#load = { ...defaults, ...load };
    const { maxBatchSize, maxWaitMs, replicas } = this.#load;
    this.#collector = new BatchCollector(
      waitPolicy === 'never'
        ? { maxBatchSize, maxWaitMs: 0, waitPolicy: 'adaptive' }
        : { maxBatchSize, maxWaitMs, waitPolicy },
      () => undefined,
    );
    this.#idle = replicas;
  }

  run(): Result {
    for (let client = 0; client < this.#load.clients; client += 1)
      this.#agenda.add(this.#random() * 5, () => this.#arrive());
    if (this.#load.perSecond > 0) this.#agenda.add(0, () => this.#arriveAtRandom());
    for (
      let event = this.#agenda.take();
      event !== undefined && event.time <= DURATION_MS;
      event = this.#agenda.take()
    ) {
      this.#now = event.time;
      event.run();
    }
    const sorted = Float64Array.from(this.#latencies).sort();
    const quantile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
    return {
      throughput: (sorted.length / DURATION_MS) * 1000,
      p50: quantile(0.5),
      p99: quantile(0.99),
      meanBatch: sorted.length / this.#batches,
    };
  }

  #arriveAtRandom(): void {
    this.#arrive();
    const gapMs = (-Math.log(1 - this.#random()) * 1000) / this.#load.perSecond;
    this.#agenda.add(this.#now + gapMs, () => this.#arriveAtRandom());
  }

  #arrive(): void {
    this.#collector.push(new Request(), this.#now, this.#running);
    this.#dispatch();
  }

  #dispatch(): void {
    const { replicas: ready, baseMs, perItemMs } = this.#load;
    while (this.#idle > 0) {
      const answer = this.#collector.poll(this.#now, { ready, idle: this.#idle, idleSince: this.#idleSince });
      if (answer?.kind !== 'batch') {
        if (answer !== undefined) this.#wakeAt(answer.until);
        return;
      }
      const { items } = answer;
      this.#idle -= 1;
      this.#running += items.length;
      this.#agenda.add(this.#now + baseMs + perItemMs * items.length, () => this.#finish(items));
    }
  }

  #wakeAt(time: number): void {
    if (this.#alarm === time) return;
    this.#alarm = time;
    this.#agenda.add(time, () => this.#dispatch());
  }

  #finish(items: readonly Request[]): void {
    if (this.#idle === 0) this.#idleSince = this.#now;
    this.#idle += 1;
    this.#running -= items.length;
    this.#batches += 1;
    for (const item of items) {
      this.#latencies.push(this.#now - item.arrivedAt);
      if (this.#load.clients > 0) {
        this.#agenda.add(this.#now + this.#load.thinkMs * (0.5 + this.#random()), () => this.#arrive());
      }
    }
    this.#dispatch();
  }

  /** Numerical Recipes' generator: the same schedule on every run. */
  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}

interface Event {
  readonly time: number;
  readonly run: () => void;
}

/** Events by time, then by insertion. Kept sorted: few are pending at once. */
class Agenda {
  readonly #events: Event[] = [];

  add(time: number, run: () => void): void {
    // Latest first, so that the next event is taken from the end.
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.time ?? 0) > time) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, { time, run });
  }

  take(): Event | undefined {
    return this.#events.pop();
  }
}
