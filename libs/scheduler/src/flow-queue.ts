import type { Flow } from './flow.js';
import type { QueueEntry } from './item-queue-entry.js';
import { ItemQueue } from './item-queue.js';

/** What waits of one flow, and the flow's place in the ring of those that take turns. Only a `FairQueue` writes here. */
export class FlowQueue<T extends QueueEntry> extends ItemQueue<T> {
  /** Neighbours in the ring; itself while it is alone there, or in none. */
  previousFlow: FlowQueue<T> = this;
  nextFlow: FlowQueue<T> = this;
  /** Items that have left lately; older ones count for less. */
  taken = 0;

  constructor(readonly flow: Flow) {
    super();
  }
}
