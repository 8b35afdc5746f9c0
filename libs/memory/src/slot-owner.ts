import type { SlotHandle } from '#libs/contracts';

/** A process that fills slots. */
export interface SlotOwner {
  /** Nobody holds the slot any more; it may be filled again. */
  freed(handle: SlotHandle): void;
}
