const COMPACT_AT = 1_024;

/** First in, first out; nothing is moved at each `shift`. */
export class Fifo<T> {
  private items: T[] = [];
  private first = 0;

  get size(): number {
    return this.items.length - this.first;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** Before all others, in the given order. */
  unshift(items: readonly T[]): void {
    this.items = [...items, ...this.items.slice(this.first)];
    this.first = 0;
  }

  shift(): T | undefined {
    const item = this.items[this.first];
    if (this.size === 0) return undefined;
    this.first += 1;
    if (this.first >= COMPACT_AT && this.first * 2 > this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return item;
  }
}
