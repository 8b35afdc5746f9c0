import type { Held } from '#libs/contracts';

/** A value in a store, until its last holder lets go of it. Held once from the beginning. */
export class StoredValue implements Held {
  private holders = 1;

  constructor(private readonly discard: () => void) {}

  hold(): void {
    if (this.holders === 0) throw new Error('a stored value was held after it was given up');
    this.holders++;
  }

  release(): void {
    if (this.holders === 0) throw new Error('a stored value was released after it was given up');
    if (--this.holders === 0) this.discard();
  }
}
