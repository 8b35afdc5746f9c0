import type { InFlightBatch } from './in-flight-batch.js';

/**
 * The few batches that a replica has, in the order in which they were sent. An array and not a `Map`: a `Map` whose
 * entries come and go replaces its table again and again, and V8 links each old table to the next, so that one table
 * in the old generation keeps all later ones, with every finished request in them, until the next full collection.
 */
export class BatchList {
  private readonly list: InFlightBatch[] = [];

  get size(): number {
    return this.list.length;
  }

  /** The one that was sent first. */
  get first(): InFlightBatch | undefined {
    return this.list[0];
  }

  add(batch: InFlightBatch): void {
    this.list.push(batch);
  }

  get(id: number): InFlightBatch | undefined {
    for (const batch of this.list) if (batch.id === id) return batch;
    return undefined;
  }

  delete(id: number): void {
    const index = this.list.findIndex((batch) => batch.id === id);
    if (index >= 0) this.list.splice(index, 1);
  }

  clear(): void {
    this.list.length = 0;
  }

  values(): readonly InFlightBatch[] {
    return this.list;
  }
}
