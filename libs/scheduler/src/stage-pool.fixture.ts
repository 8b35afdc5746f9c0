import { vi } from 'vitest';
import { ServerError, type Outcome, type WorkItem } from '#libs/contracts';
import type { BatchListener, Replica } from '#libs/transport';
import { SOLE_FLOW } from './flow.js';
import { StageItem } from './stage-item.js';
import type { StagePoolOptions } from './stage-pool-options.js';
import { StagePool } from './stage-pool.js';

/** An item that writes down its outcomes, also where there must be but one. */
export class RecordingItem extends StageItem {
  readonly payload: Uint8Array;
  readonly inputFormat = 0;
  readonly outputFormat = 0;
  readonly context = '{}';
  readonly outcomes: Outcome[] = [];
  /** What its events held. */
  readonly received: string[] = [];

  constructor(
    readonly name: string,
    deadline = Infinity,
    flow = SOLE_FLOW,
  ) {
    super(deadline, flow);
    this.payload = Buffer.from(name);
  }

  receive(payload: Uint8Array): void {
    this.received.push(Buffer.from(payload).toString());
  }

  settle(outcome: Outcome): void {
    this.outcomes.push(outcome);
  }

  /** `value <text>` or the code of the error; undefined while there is none. */
  get answer(): string | undefined {
    if (this.outcomes.length > 1) throw new Error(`"${this.name}" was settled ${this.outcomes.length} times`);
    const [outcome] = this.outcomes;
    return outcome && (outcome.payload ? `value ${Buffer.from(outcome.payload).toString()}` : outcome.error.code);
  }
}

export function itemsOf(...names: readonly string[]): RecordingItem[] {
  return names.map((name) => new RecordingItem(name));
}

const nameOf = (item: WorkItem): string => (item as RecordingItem).name;

/** A replica whose reports the spec makes. */
export class FakeReplica implements Replica {
  readonly sent: { id: number; names: string[] }[] = [];
  readonly cancelled: string[] = [];
  readonly granted: string[] = [];
  readonly stop = vi.fn();
  readonly scrape = vi.fn();
  readonly kill = vi.fn();
  readonly pid = 4711;
  report!: BatchListener;

  constructor(readonly workerId: number) {}

  send(id: number, items: readonly WorkItem[]): void {
    this.sent.push({ id, names: items.map(nameOf) });
  }

  cancel(batch: number, indexes: readonly number[]): void {
    this.cancelled.push(`${batch}: ${indexes.join()}`);
  }

  credit(batch: number, index: number, bytes: number): void {
    this.granted.push(`${batch}/${index}: ${bytes}`);
  }

  /** Names of each batch, in the order in which they were sent. */
  get batches(): string[] {
    return this.sent.map(({ names }) => names.join());
  }

  get last(): { id: number; names: string[] } {
    return this.sent.at(-1)!;
  }

  /** Enters `forward` with the latest batch. */
  begin(indexes?: readonly number[]): void {
    this.report.begun(this.last.id, indexes);
  }

  /** Answers the latest batch and is done with it. */
  finish(): void {
    const { id, names } = this.last;
    names.forEach((name, index) => this.report.settled(id, index, true, Buffer.from(name.toUpperCase())));
    this.report.finished(id);
  }

  die(): void {
    this.report.detached('killed');
  }
}

/** A pool that never holds a batch, unless `options` say otherwise; time is that of the fake timers. */
export class PoolBench {
  readonly observer = { batchSent: vi.fn(), batchDone: vi.fn(), retried: vi.fn(), shed: vi.fn() };
  readonly pool: StagePool;
  private replicas = 0;

  constructor(options: Partial<StagePoolOptions> = {}) {
    this.pool = new StagePool({
      stage: 'Echo',
      maxBatchSize: 4,
      maxWaitMs: 0,
      waitPolicy: 'adaptive',
      retryOnCrash: true,
      killGraceMs: 1000,
      hungMs: 10_000,
      now: () => Date.now(),
      decodeError: (payload) => new ServerError(Buffer.from(payload).toString()),
      observer: this.observer,
      ...options,
    });
  }

  attach(): FakeReplica {
    const replica = new FakeReplica(++this.replicas);
    replica.report = this.pool.attach(replica);
    return replica;
  }

  /** Attaches a replica that has done one batch in a millisecond, so that frames are sent ahead to it. */
  attachQuick(): FakeReplica {
    const replica = this.attach();
    this.submit(...itemsOf('first'));
    vi.advanceTimersByTime(1);
    replica.finish();
    replica.sent.length = 0;
    return replica;
  }

  submit(...items: readonly RecordingItem[]): void {
    for (const item of items) this.pool.submit(item);
    this.turn();
  }

  /** Lets the pool dispatch. */
  turn(): void {
    vi.advanceTimersByTime(0);
  }
}
