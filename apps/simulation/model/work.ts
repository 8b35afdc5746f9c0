import { QueueEntry } from '#libs/scheduler';
import type { Item } from './item.js';

/** One run of an item at a pool. */
export class Work extends QueueEntry {
  constructor(
    readonly item: Item,
    readonly stage: number,
    /** To be run in a batch of its own: it may be what its last host died of. */
    readonly isAlone: boolean,
  ) {
    super(Infinity);
  }
}
