import { SOLE_FLOW, type Flow } from './flow.js';

/** What an item must be to wait in an `ItemQueue`. An entry is in at most one queue at a time. */
export abstract class QueueEntry {
  /** Epoch milliseconds of the first arrival; kept when the item is given back after a crash. */
  arrivedAt = 0;

  /** Neighbours and owner. Only the queue writes them. */
  previous: QueueEntry | undefined = undefined;
  next: QueueEntry | undefined = undefined;
  queue: object | undefined = undefined;

  /**
   * @param deadline Epoch milliseconds at which the item expires; `Infinity` if it has no limit.
   * @param flow Those that it takes turns with the others for.
   */
  constructor(
    readonly deadline: number,
    readonly flow: Flow = SOLE_FLOW,
  ) {}
}
