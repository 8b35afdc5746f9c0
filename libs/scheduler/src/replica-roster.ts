import type { InFlightBatch } from './in-flight-batch.js';
import type { PoolMember } from './pool-member.js';
import type { StageItem } from './stage-item.js';

/** The replicas of a pool: those that take batches, and recycled ones that finish what they have. */
export class ReplicaRoster {
  private readonly members: PoolMember[] = [];
  private readonly retiring = new Map<PoolMember, () => void>();
  private idleSinceMs = 0;

  /** Replicas that take batches. */
  get ready(): number {
    return this.members.length;
  }

  /** When the pool last went from no idle replica to one. */
  get idleSince(): number {
    return this.idleSinceMs;
  }

  /** Replicas that would begin a batch at once. */
  get idle(): number {
    let count = 0;
    for (const member of this.members) if (member.hasRoom) count++;
    return count;
  }

  /** Of the replicas that would begin a batch at once, the one that is at the fewest. */
  firstIdle(): PoolMember | undefined {
    return fewest(this.members, (member) => member.hasRoom);
  }

  /** Where an item may run again whose replica died. */
  firstForSuspect(): PoolMember | undefined {
    return fewest(this.members, (member) => member.takesSuspect);
  }

  /** Of the busy replicas that take one more batch ahead, the one with the fewest. */
  leastAhead(): PoolMember | undefined {
    return fewest(this.members, (member) => member.takesAhead);
  }

  /** The replica and batch that an item is with. */
  holderOf(item: StageItem): { member: PoolMember; batch: InFlightBatch } | undefined {
    const id = item.batch?.id;
    if (id === undefined) return undefined;
    for (const members of [this.members, this.retiring.keys()]) {
      for (const member of members) {
        const batch = member.batches.get(id);
        if (batch && batch === item.batch) return { member, batch };
      }
    }
    return undefined;
  }

  add(member: PoolMember, now: number): void {
    if (!this.firstIdle()) this.idleSinceMs = now;
    this.members.push(member);
  }

  remove(member: PoolMember): void {
    const index = this.members.indexOf(member);
    if (index >= 0) this.members.splice(index, 1);
    this.retiring.delete(member);
  }

  /** The member takes no more batches; calls back once it has none. */
  retire(member: PoolMember, onIdle: () => void): void {
    this.remove(member);
    if (member.isIdle) onIdle();
    else this.retiring.set(member, onIdle);
  }

  /** A batch of the member has ended. @param wasIdle whether any replica was idle before */
  finished(member: PoolMember, wasIdle: boolean, now: number): void {
    if (member.isIdle) this.retiring.get(member)?.();
    if (member.hasRoom && !wasIdle) this.idleSinceMs = now;
  }
}

function fewest(members: readonly PoolMember[], suits: (member: PoolMember) => boolean): PoolMember | undefined {
  let best: PoolMember | undefined;
  for (const member of members) {
    if (suits(member) && (!best || member.batches.size < best.batches.size)) best = member;
  }
  return best;
}
