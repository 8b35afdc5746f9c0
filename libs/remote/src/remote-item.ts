import type { Outcome, WorkItem } from '#libs/contracts';
import type { WheelEntry } from '#libs/pipeline';
import { StageItem } from '#libs/scheduler';

/** What a host does with an item of a gateway. */
export interface RemoteItemListener {
  settled(item: RemoteItem, outcome: Outcome): void;
  streamed(item: RemoteItem, count: number, payload: Uint8Array): void;
  expired(item: RemoteItem): void;
}

/** One item of a gateway on the host that runs it. */
export class RemoteItem extends StageItem implements WheelEntry {
  readonly payload: Uint8Array;
  readonly inputFormat: number;
  readonly outputFormat: number;
  readonly eventFormat: number | undefined;
  readonly context: string;
  wheelPrevious?: WheelEntry;
  wheelNext?: WheelEntry;
  wheelSlot = -1;

  /** @param deadline on the clock of this process */
  constructor(
    readonly id: string,
    item: WorkItem,
    deadline: number,
    private readonly listener: RemoteItemListener,
  ) {
    super(deadline);
    this.payload = item.payload;
    this.inputFormat = item.inputFormat;
    this.outputFormat = item.outputFormat;
    this.eventFormat = item.eventFormat;
    this.context = item.context;
    this.timings = [];
  }

  receive(payload: Uint8Array, count: number): void {
    this.listener.streamed(this, count, payload);
  }

  settle(outcome: Outcome): void {
    this.listener.settled(this, outcome);
  }

  expire(): void {
    this.listener.expired(this);
  }
}
