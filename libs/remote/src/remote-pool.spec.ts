import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '#libs/contracts';
import type { StageItem } from '#libs/scheduler';
import { RemoteEntry } from './remote-entry.js';
import { RemotePool } from './remote-pool.js';
import type { StageQueue } from './stage-queue.js';

const NO_HOSTS = { hosts: 0, slots: 0, places: 0, batchMs: 0 };
const DONE = { payload: Buffer.from('done'), computeMs: 1, batchSize: 1 };

function poolOf({ retryOnCrash = true } = {}) {
  const sent: string[][] = [];
  const withdrawn: string[][] = [];
  const entries: RemoteEntry[] = [];
  const state = { down: undefined as string | undefined, hosts: { hosts: 1, slots: 1, places: 2, batchMs: 10 } };
  const queue = {
    waiting: 0,
    add: (added: RemoteEntry[]) => {
      for (const entry of added) entry.isSent = true;
      sent.push(added.map(({ id }) => id));
    },
    withdraw: (ids: string[]) => withdrawn.push(ids),
    credit: () => undefined,
  };
  const pool = new RemotePool({
    stage: 'Work',
    retryOnCrash,
    queue: queue as unknown as StageQueue,
    hosts: () => state.hosts,
    others: () => false,
    downReason: () => state.down,
    register: (item) => {
      const entry = new RemoteEntry(item, `g-${entries.length + 1}`, entries.length + 1, 0);
      entries.push(entry);
      return entry;
    },
    forget: () => undefined,
    now: () => 5,
    shed: () => undefined,
  });
  return { pool, queue, sent, withdrawn, entries, state };
}

function itemOf(flow = Symbol('flow')) {
  const outcomes: Outcome[] = [];
  const item = { flow, payload: Buffer.alloc(0), settle: (outcome: Outcome) => outcomes.push(outcome) };
  return { item: item as unknown as StageItem, outcomes };
}

const codes = (outcomes: readonly Outcome[]): unknown[] => outcomes.map(({ error }) => error?.code);

describe('when items are submitted', () => {
  it('should send those of a turn together', async () => {
    const { pool, sent } = poolOf();
    for (let i = 0; i < 3; i++) pool.submit(itemOf().item);
    expect(sent).toEqual([]);
    await setImmediate();
    expect(sent).toEqual([['g-1', 'g-2', 'g-3']]);
    expect(pool.usage).toMatchObject({ open: 3, sent: 3, resent: 0 });
  });

  it('should settle each once, whatever comes after', async () => {
    const { pool, entries, withdrawn } = poolOf();
    const { item, outcomes } = itemOf();
    pool.submit(item);
    await setImmediate();
    const [entry] = entries as [RemoteEntry];
    pool.settle(entry, DONE);
    pool.settle(entry, DONE);
    pool.refused(entry, 'late');
    pool.lost(entry, 'late');
    pool.drop(item);
    await setImmediate();
    expect(outcomes).toEqual([{ payload: DONE.payload }]);
    expect(withdrawn).toEqual([]);
    expect(pool.usage.open).toBe(0);
  });

  it('should refuse them without a connection', async () => {
    const { pool, state, sent } = poolOf();
    const { item, outcomes } = itemOf();
    pool.submit(item);
    state.down = 'gone';
    await setImmediate();
    expect(codes(outcomes)).toEqual(['REMOTE_UNAVAILABLE']);
    expect(sent).toEqual([]);
  });
});

describe('when nobody waits for an item any more', () => {
  it('should not send it, or withdraw it', async () => {
    const { pool, sent, withdrawn } = poolOf();
    const [early, late] = [itemOf(), itemOf()];
    pool.submit(early.item);
    pool.drop(early.item);
    pool.submit(late.item);
    await setImmediate();
    expect(sent).toEqual([['g-2']]);
    pool.drop(late.item);
    await setImmediate();
    expect(withdrawn).toEqual([['g-2']]);
    expect([...early.outcomes, ...late.outcomes]).toEqual([]);
  });
});

describe('when Redis has lost an item', () => {
  it('should send it again', async () => {
    const { pool, entries, sent } = poolOf();
    const { item, outcomes } = itemOf();
    pool.submit(item);
    await setImmediate();
    pool.lost(entries[0] as RemoteEntry, 'restarted');
    await setImmediate();
    expect(sent).toEqual([['g-1'], ['g-1']]);
    expect(outcomes).toEqual([]);
    expect(pool.usage.resent).toBe(1);
  });

  it('should not run it again where that may do harm, nor a stream', async () => {
    const { pool, entries, withdrawn } = poolOf({ retryOnCrash: false });
    const { item, outcomes } = itemOf();
    pool.submit(item);
    await setImmediate();
    pool.lost(entries[0] as RemoteEntry, 'restarted');
    await setImmediate();
    expect(codes(outcomes)).toEqual(['WORKER_LOST']);
    expect(withdrawn).toEqual([['g-1']]);
  });
});

describe('when the wait is predicted', () => {
  it('should reckon with the queue of all gateways and what the hosts run at once', async () => {
    const { pool, queue, state } = poolOf();
    expect(pool.predictedWaitMs()).toBe(0);
    queue.waiting = 6;
    expect(pool.predictedWaitMs()).toBe(30);
    expect(pool.predictedServiceMs()).toBe(0);
    const flow = Symbol('flow');
    for (let i = 0; i < 5; i++) pool.submit(itemOf(flow).item);
    expect(pool.waitingShare(flow)).toBe(3);
    expect(pool.predictedServiceMs()).toBe(10);
    state.hosts = NO_HOSTS;
    expect(pool.predictedWaitMs()).toBe(0);
    await setImmediate();
  });

  it('should say why it cannot serve', () => {
    const { pool, state } = poolOf();
    expect(pool.unreadyReason).toBeUndefined();
    state.hosts = NO_HOSTS;
    expect(pool.unreadyReason).toBe('no host serves stage Work');
    state.down = 'no connection';
    expect(pool.unreadyReason).toBe('no connection');
  });
});
