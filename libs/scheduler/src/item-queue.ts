import type { QueueEntry } from './item-queue-entry.js';

/** First in, first out, with constant-time removal from the middle: a doubly linked list through its own entries. */
export class ItemQueue<T extends QueueEntry> {
  #head: QueueEntry | undefined;
  #tail: QueueEntry | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The entry at the front, or `undefined` when empty. */
  get head(): T | undefined {
    return this.#head as T | undefined;
  }

  push(entry: T): void {
    this.#link(this.#tail, entry, undefined);
  }

  /** Puts entries before all others; the first of them becomes the head. */
  pushFront(entries: readonly T[]): void {
    let previous: T | undefined;
    for (const entry of entries) {
      this.#link(previous, entry, previous === undefined ? this.#head : previous.next);
      previous = entry;
    }
  }

  shift(): T | undefined {
    const entry = this.#head;
    if (entry !== undefined) this.#unlink(entry);
    return entry as T | undefined;
  }

  /** False when the entry is not in this queue (any more). */
  remove(entry: T): boolean {
    if (entry.queue !== this) return false;
    this.#unlink(entry);
    return true;
  }

  /** The entry behind `entry`, which must be in this queue. */
  after(entry: T): T | undefined {
    return entry.next as T | undefined;
  }

  #link(previous: QueueEntry | undefined, entry: QueueEntry, next: QueueEntry | undefined): void {
    if (entry.queue !== undefined) throw new TypeError('The "entry" is already in a queue; remove it there first.');
    entry.queue = this;
    entry.previous = previous;
    entry.next = next;
    if (previous === undefined) this.#head = entry;
    else previous.next = entry;
    if (next === undefined) this.#tail = entry;
    else next.previous = entry;
    this.#size += 1;
  }

  #unlink(entry: QueueEntry): void {
    const { previous, next } = entry;
    if (previous === undefined) this.#head = next;
    else previous.next = next;
    if (next === undefined) this.#tail = previous;
    else next.previous = previous;
    entry.queue = entry.previous = entry.next = undefined;
    this.#size -= 1;
  }
}
