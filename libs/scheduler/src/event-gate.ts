import { EventWindow } from './event-window.js';
import type { PoolMember } from './pool-member.js';
import type { ReplicaRoster } from './replica-roster.js';
import type { StageItem } from './stage-item.js';

/** The events of a pool's items on their way from the replicas, and back to them what was read. */
export class EventGate {
  /** @param opened the first events of an item have come */
  constructor(
    private readonly replicas: ReplicaRoster,
    private readonly opened: () => void,
  ) {}

  /** @returns false when the replica was not asked for them, or sends more than it may */
  receive(member: PoolMember, batch: number, index: number, count: number, payload: Uint8Array): boolean {
    const sent = member.batches.get(batch);
    if (!sent || index >= sent.items.length) return false;
    const item = sent.at(index);
    if (!item) return true;
    const isFirst = !item.window;
    item.window ??= new EventWindow();
    if (!item.window.received(payload.length)) return false;
    if (isFirst) this.opened();
    item.receive(payload, count);
    return true;
  }

  /** The item's client has read so many bytes. */
  consumed(item: StageItem, bytes: number): void {
    const granted = item.window?.consumed(bytes) ?? 0;
    const holder = granted > 0 ? this.replicas.holderOf(item) : undefined;
    holder?.member.replica.credit(holder.batch.id, holder.batch.indexOf(item), granted);
  }
}
