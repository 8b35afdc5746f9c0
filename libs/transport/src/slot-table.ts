import type { BackoffOptions } from './backoff.js';
import { Slot } from './slot.js';

/** The places of a stage's replicas. A new one takes the lowest free number, so that numbers stay within the count. */
export class SlotTable {
  private slots: Slot[] = [];

  constructor(private readonly backoff: BackoffOptions) {}

  get size(): number {
    return this.slots.length;
  }

  /** In order of their numbers. */
  get all(): readonly Slot[] {
    return this.slots;
  }

  /** Makes places until there are `size`. @returns the new ones */
  grow(size: number): Slot[] {
    const joined: Slot[] = [];
    for (let workerId = 1; this.slots.length + joined.length < size; workerId++) {
      if (!this.slots.some((slot) => slot.workerId === workerId)) joined.push(new Slot(workerId, this.backoff));
    }
    this.slots = [...this.slots, ...joined].sort((a, b) => a.workerId - b.workerId);
    return joined;
  }

  /** Gives places up until there are `size`: first those that do not serve, then those of the highest numbers. @returns them */
  shrink(size: number): Slot[] {
    const leavers = [...this.slots].sort(
      (a, b) => Number(a.isServing) - Number(b.isServing) || b.workerId - a.workerId,
    );
    const left = leavers.slice(0, Math.max(0, this.slots.length - size));
    for (const slot of left) slot.isGone = true;
    this.slots = this.slots.filter((slot) => !slot.isGone);
    return left;
  }
}
