import { joinParts } from '#libs/protocol';
import type { MetricsReport, ResultPort, WorkItem } from '#libs/contracts';
import type { ReadyDetails, Replica, ReplicaListener } from './replica.js';

/** A stage that runs in this process, as an inline replica sees it. */
export interface InlineStage {
  readonly details: ReadyDetails;
  run(items: readonly WorkItem[], port: ResultPort): InlineBatch;
  /** Never rejects. */
  metrics(): Promise<MetricsReport>;
  stop(): Promise<void>;
}

/** A batch that was handed to an inline stage. */
export interface InlineBatch {
  cancel(indexes: readonly number[]): void;
  grant(index: number, bytes: number): void;
}

/** A stage in the gateway's own process, for tests: the same items and outcomes, no process and no frames. */
export class InlineReplica implements Replica {
  readonly pid = process.pid;
  private readonly batches = new Map<number, InlineBatch>();
  private stage?: InlineStage;
  private ended = false;

  constructor(
    readonly workerId: number,
    private readonly starting: Promise<InlineStage>,
    private readonly listener: ReplicaListener,
  ) {
    starting.then(
      (stage) => {
        this.stage = stage;
        if (!this.ended) listener.ready(stage.details);
      },
      (error: unknown) => this.end(error instanceof Error ? error.message : String(error)),
    );
  }

  send(id: number, items: readonly WorkItem[]): void {
    const { listener } = this;
    const batch = this.stage?.run(items.map(outOfSharedMemory), {
      begun: (indexes) => !this.ended && listener.begun(id, indexes),
      streamed: (index, count, payload) => !this.ended && listener.streamed(id, index, count, payload),
      settled: (index, ok, payload) => !this.ended && listener.settled(id, index, ok, joinParts(payload)),
      finished: () => {
        this.batches.delete(id);
        if (!this.ended) listener.finished(id);
      },
    });
    if (batch) this.batches.set(id, batch);
  }

  cancel(id: number, indexes: readonly number[]): void {
    this.batches.get(id)?.cancel(indexes);
  }

  credit(id: number, index: number, bytes: number): void {
    this.batches.get(id)?.grant(index, bytes);
  }

  scrape(): void {
    void this.stage?.metrics().then((report) => !this.ended && this.listener.metrics(report));
  }

  stop(): void {
    const stopped = this.starting.then((stage) => stage.stop());
    stopped.then(
      () => this.end('stopped'),
      (error: unknown) => this.end(String(error)),
    );
  }

  kill(): void {
    this.end('killed');
  }

  private end(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    this.listener.ended(reason);
  }
}

/** What runs here cannot be ended, so nobody could tell how long it reads its input. */
function outOfSharedMemory(item: WorkItem): WorkItem {
  if (!item.shared) return item;
  const { inputFormat, outputFormat, eventFormat, context, deadline } = item;
  return { payload: Buffer.from(item.payload), inputFormat, outputFormat, eventFormat, context, deadline };
}
