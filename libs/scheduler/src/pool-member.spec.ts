import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForwardWatch } from './forward-watch.js';
import { PoolMember } from './pool-member.js';
import { FakeReplica, itemsOf } from './stage-pool.fixture.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function memberOf() {
  const replica = new FakeReplica(1);
  const limits = { killGraceMs: 1000, hungMs: 1000 };
  const watch = new ForwardWatch(limits, () => Date.now(), { timedOut: () => undefined, hung: () => undefined });
  return { replica, member: new PoolMember(replica, watch) };
}

describe('when a replica is a member of its pool', () => {
  it('should be idle as long as it has no batch', () => {
    const { member, replica } = memberOf();
    expect(member.isIdle).toBe(true);
    member.send(itemsOf('a'), 0, false);
    expect([member.isIdle, replica.batches]).toEqual([false, ['a']]);
    member.finish(replica.last.id, 5);
    expect(member.isIdle).toBe(true);
  });

  it('should number its batches', () => {
    const { member, replica } = memberOf();
    for (const name of ['a', 'b', 'c']) member.send(itemsOf(name), 0, false);
    expect(replica.sent.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('should measure a batch without the time that it waited behind others', () => {
    const { member } = memberOf();
    member.send(itemsOf('a'), 100, false);
    member.send(itemsOf('b'), 101, false);
    expect(member.finish(1, 110)?.serviceMs).toBe(10);
    expect(member.finish(2, 116)?.serviceMs).toBe(6);
    expect(member.finish(2, 120)).toBeUndefined();
  });

  it('should smooth that time, from the first batch on', () => {
    const { member } = memberOf();
    member.send(itemsOf('a'), 0, false);
    member.finish(1, 10);
    expect(member.serviceMs).toBe(10);
    member.send(itemsOf('b'), 10, false);
    member.finish(2, 40);
    expect(member.serviceMs).toBeCloseTo(14);
  });

  it('should take a batch ahead once it is known to be quick, and none behind an isolated one', () => {
    const { member } = memberOf();
    member.send(itemsOf('a'), 0, false);
    expect(member.takesAhead).toBe(false);
    member.finish(1, 2);
    member.send(itemsOf('b'), 2, false);
    expect(member.takesAhead).toBe(true);
    member.send(itemsOf('c'), 2, false);
    expect(member.takesAhead).toBe(false);
    member.finish(2, 4);
    member.finish(3, 6);
    member.send(itemsOf('d'), 6, true);
    expect(member.takesAhead).toBe(false);
  });

  it('should know which items forward is running with', () => {
    const { member } = memberOf();
    const items = itemsOf('a', 'b');
    member.send(items, 0, false);
    member.send(itemsOf('c'), 0, false);
    expect(member.runningItems).toEqual([]);
    member.begun(1, [1]);
    expect(member.runningItems).toEqual([items[1]]);
  });
});
