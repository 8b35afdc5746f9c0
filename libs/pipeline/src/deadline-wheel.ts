import type { WheelEntry } from './wheel-entry.js';

const TICK_MS = 8;
const SLOTS = 1024;

/**
 * Expires requests at their deadline, at most one tick late, with one timer for all of them: a ring of lists,
 * constant work to add and remove, no allocation. A deadline beyond the ring goes round again.
 */
export class DeadlineWheel {
  private readonly slots: (WheelEntry | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);
  private size = 0;
  private tick: number;
  private timer?: NodeJS.Timeout;

  /** @param now epoch milliseconds, monotonic: the clock of the deadlines */
  constructor(private readonly now: () => number) {
    this.tick = Math.floor(now() / TICK_MS);
  }

  /** Entries without a deadline (`Infinity`) are left alone. */
  add(entry: WheelEntry): void {
    if (entry.deadline === Infinity) return;
    this.size++;
    if (!this.timer) this.start();
    const slot = Math.max(this.tick + 1, Math.floor(entry.deadline / TICK_MS) + 1) % SLOTS;
    const head = this.slots[slot];
    entry.wheelSlot = slot;
    entry.wheelNext = head;
    if (head) head.wheelPrevious = entry;
    this.slots[slot] = entry;
  }

  remove(entry: WheelEntry): void {
    if (entry.wheelSlot < 0) return;
    if (entry.wheelPrevious) entry.wheelPrevious.wheelNext = entry.wheelNext;
    else this.slots[entry.wheelSlot] = entry.wheelNext;
    if (entry.wheelNext) entry.wheelNext.wheelPrevious = entry.wheelPrevious;
    entry.wheelPrevious = entry.wheelNext = undefined;
    entry.wheelSlot = -1;
    this.size--;
  }

  /** Expires what is due. Called by the wheel's own timer. */
  advance(): void {
    const now = this.now();
    const target = Math.floor(now / TICK_MS);
    const first = this.tick + 1;
    // Before anything expires: what an expiry adds must land in a slot that is still to come.
    this.tick = target;
    for (let tick = first; tick <= Math.min(target, first + SLOTS - 1); tick++) this.expireSlot(tick % SLOTS, now);
    // Not when the last entry leaves: requests one after the other would each start a timer of their own.
    if (this.size === 0) this.stop();
  }

  private expireSlot(slot: number, now: number): void {
    const due: WheelEntry[] = [];
    for (let entry = this.slots[slot]; entry; entry = entry.wheelNext) if (entry.deadline <= now) due.push(entry);
    for (const entry of due) {
      if (entry.wheelSlot < 0) continue;
      this.remove(entry);
      entry.expire();
    }
  }

  private start(): void {
    this.tick = Math.floor(this.now() / TICK_MS);
    this.timer = setInterval(() => this.advance(), TICK_MS);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
