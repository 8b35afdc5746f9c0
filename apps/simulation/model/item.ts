import { QueueEntry } from '#libs/scheduler';
import type { Gateway } from './gateway.js';

/** A request on its way through the stages. */
export class Item {
  /** The stage whose outcome it waits for. */
  stage = 0;
  answers = 0;
  /** Whether it was with a host that was lost. */
  wasLost = false;
  /** Payload that the latest stage has left, in KiB. */
  kib: number;

  constructor(
    readonly gateway: Gateway,
    readonly sentAt: number,
    kib: number,
    readonly answered: (item: Item) => void,
  ) {
    this.kib = kib;
  }
}

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
