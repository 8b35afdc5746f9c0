import type { StageItem } from './stage-item.js';

/** Items whose replica died while they ran. They run again alone, earliest deadline first. */
export class Suspects {
  private readonly items: StageItem[] = [];

  get size(): number {
    return this.items.length;
  }

  add(item: StageItem): void {
    const later = this.items.findIndex((other) => other.deadline > item.deadline);
    this.items.splice(later < 0 ? this.items.length : later, 0, item);
  }

  next(): StageItem | undefined {
    return this.items.shift();
  }

  remove(item: StageItem): boolean {
    const index = this.items.indexOf(item);
    if (index < 0) return false;
    this.items.splice(index, 1);
    return true;
  }
}
