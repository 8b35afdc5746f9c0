import type { BatchTrace } from '#libs/contracts';
import type { StageItem } from './stage-item.js';

/** A batch that a replica has. Settled and dropped items leave holes, so that indexes keep their meaning. */
export class InFlightBatch {
  private readonly slots: (StageItem | undefined)[];
  private runningIndexes?: ReadonlySet<number> | 'all';
  open: number;

  /** @param isolated the re-run of one item whose replica died */
  constructor(
    readonly id: number,
    readonly items: readonly StageItem[],
    readonly sentAt: number,
    readonly isolated: boolean,
    /** Milliseconds that it was expected to take; 0 if nothing was known. */
    readonly predictedMs = 0,
    readonly trace?: BatchTrace | undefined,
  ) {
    this.slots = [...items];
    this.open = items.length;
    for (const item of items) item.batch = this;
  }

  /** `forward` was entered with these indexes, or with all that are open. */
  begun(indexes: readonly number[] | undefined): void {
    this.runningIndexes = indexes ? new Set(indexes) : 'all';
  }

  get hasBegun(): boolean {
    return this.runningIndexes !== undefined;
  }

  /** Open items that `forward` is running with. */
  get runningItems(): StageItem[] {
    return this.slots.filter((item, index): item is StageItem => item !== undefined && this.isRunning(index));
  }

  /** The open item at `index`. */
  at(index: number): StageItem | undefined {
    return this.slots[index];
  }

  indexOf(item: StageItem): number {
    return this.slots.indexOf(item);
  }

  /** Whether each open item has sent events, so that none of them would be run again. */
  get isStreaming(): boolean {
    return this.slots.every((item) => item === undefined || item.window !== undefined);
  }

  /** The open item at `index`, which is then no longer part of the batch. */
  take(index: number): StageItem | undefined {
    const item = this.slots[index];
    if (!item) return undefined;
    this.slots[index] = undefined;
    this.open--;
    item.batch = undefined;
    return item;
  }

  /** Takes an item out and tells where it was. */
  drop(item: StageItem): number {
    const index = this.indexOf(item);
    this.take(index);
    return index;
  }

  /** Takes all open items out: those that `forward` was running with, and those it was not. */
  takeAll(): { running: StageItem[]; waiting: StageItem[] } {
    const running: StageItem[] = [];
    const waiting: StageItem[] = [];
    for (const index of this.slots.keys()) {
      const item = this.take(index);
      if (item) (this.isRunning(index) ? running : waiting).push(item);
    }
    return { running, waiting };
  }

  private isRunning(index: number): boolean {
    return this.runningIndexes === 'all' || this.runningIndexes?.has(index) === true;
  }
}
