import { describe, expect, it, vi } from 'vitest';
import { ForwardWatch } from './forward-watch.js';
import { PoolMember } from './pool-member.js';
import { ReplicaRoster } from './replica-roster.js';
import { FakeReplica, itemsOf } from './stage-pool.fixture.js';

function memberOf(workerId: number): PoolMember {
  const actions = { timedOut: () => undefined, hung: () => undefined };
  const watch = new ForwardWatch({ killGraceMs: 1, hungMs: 1 }, () => 0, actions);
  return new PoolMember(new FakeReplica(workerId), watch);
}

/** A roster of so many idle members, added at times 0, 1, … */
function rosterOf(count: number) {
  const roster = new ReplicaRoster();
  const members = Array.from({ length: count }, (_, i) => memberOf(i + 1));
  for (const [now, member] of members.entries()) roster.add(member, now);
  return { roster, members };
}

/** Its only batch ends. */
function finish(roster: ReplicaRoster, member: PoolMember, now: number): void {
  const wasIdle = roster.firstIdle() !== undefined;
  member.finish(1, now);
  roster.finished(member, wasIdle, now);
}

describe('when replicas come and go', () => {
  it('should count those that are ready, and those that are idle', () => {
    const { roster, members } = rosterOf(3);
    members[0]!.send(itemsOf('a'), 0, false);
    expect([roster.ready, roster.idle]).toEqual([3, 2]);
    expect(roster.firstIdle()).toBe(members[1]);
    roster.remove(members[1]!);
    roster.remove(members[1]!);
    expect([roster.ready, roster.idle]).toEqual([2, 1]);
    expect(roster.firstIdle()).toBe(members[2]);
  });

  it('should remember since when one is idle, not when a further one became so', () => {
    const { roster, members } = rosterOf(2);
    expect(roster.idleSince).toBe(0);
    for (const member of members) member.send(itemsOf('a'), 5, false);
    expect(roster.firstIdle()).toBeUndefined();
    finish(roster, members[1]!, 20);
    finish(roster, members[0]!, 30);
    expect(roster.idleSince).toBe(20);
  });

  it('should count a new one among busy ones as the moment of idleness', () => {
    const { roster, members } = rosterOf(1);
    members[0]!.send(itemsOf('a'), 5, false);
    roster.add(memberOf(2), 40);
    expect(roster.idleSince).toBe(40);
  });
});

describe('when a batch is to be sent ahead', () => {
  it('should choose the quick replica that has the fewest', () => {
    const { roster, members } = rosterOf(3);
    for (const member of members) {
      member.send(itemsOf('first'), 0, false);
      member.finish(1, member === members[0] ? 500 : 1);
      member.send(itemsOf('second'), 1, false);
    }
    members[1]!.send(itemsOf('third'), 1, false);
    expect(roster.leastAhead()).toBe(members[2]);
  });

  it('should choose none where all have enough', () => {
    const { roster, members } = rosterOf(1);
    members[0]!.send(itemsOf('a'), 0, false);
    expect(roster.leastAhead()).toBeUndefined();
  });
});

describe('when a replica retires', () => {
  it('should take no more batches, and call back when its last one is done', () => {
    const { roster, members } = rosterOf(2);
    const onIdle = vi.fn();
    members[0]!.send(itemsOf('a'), 0, false);
    roster.retire(members[0]!, onIdle);
    expect(roster.ready).toBe(1);
    expect(roster.firstIdle()).toBe(members[1]);
    expect(onIdle).not.toHaveBeenCalled();
    finish(roster, members[0]!, 10);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('should call back at once where it has none', () => {
    const { roster, members } = rosterOf(1);
    const onIdle = vi.fn();
    roster.retire(members[0]!, onIdle);
    expect([onIdle.mock.calls.length, roster.ready]).toEqual([1, 0]);
  });

  it('should not call back when it dies instead', () => {
    const { roster, members } = rosterOf(1);
    const onIdle = vi.fn();
    members[0]!.send(itemsOf('a'), 0, false);
    roster.retire(members[0]!, onIdle);
    roster.remove(members[0]!);
    finish(roster, members[0]!, 10);
    expect(onIdle).not.toHaveBeenCalled();
  });
});

describe('when an item is looked for', () => {
  it('should be found with the replica and the batch it is in, a retired one too', () => {
    const { roster, members } = rosterOf(2);
    const [a, b] = itemsOf('a', 'b');
    members[0]!.send([a!], 0, false);
    members[1]!.send([b!], 0, false);
    roster.retire(members[1]!, () => undefined);
    expect(roster.holderOf(a!)).toEqual({ member: members[0], batch: a!.batch });
    expect(roster.holderOf(b!)?.member).toBe(members[1]);
  });

  it('should not be found in a queue, or with a replica that is gone', () => {
    const { roster, members } = rosterOf(1);
    const [waiting, lost] = itemsOf('waiting', 'lost');
    members[0]!.send([lost!], 0, false);
    roster.remove(members[0]!);
    expect([roster.holderOf(waiting!), roster.holderOf(lost!)]).toEqual([undefined, undefined]);
  });
});
