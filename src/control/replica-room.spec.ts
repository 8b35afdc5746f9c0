import { describe, expect, it } from 'vitest';
import type { ReplicaStatus } from '#libs/transport';
import { replicaRoom, roomFor } from './replica-room.js';

const MIB = 2 ** 20;
const replica = (part: Partial<ReplicaStatus>): ReplicaStatus => ({
  workerId: 1,
  state: 'ready',
  restarts: 0,
  answered: 0,
  ...part,
});
const rssBytes = (pid: number): number => pid * MIB;

describe('when it is asked how many replicas there is room for', () => {
  it('should be as many as cores where memory is plenty', () => {
    expect(roomFor([replica({ pid: 100 })], { cores: 8, freeBytes: 64_000 * MIB, rssBytes })).toEqual({
      replicas: 8,
      limit: 'there are 8 cores',
    });
  });

  it('should add as many of the largest as fit beside the reserve', () => {
    const replicas = [replica({ pid: 100 }), replica({ pid: 500 })];
    expect(roomFor(replicas, { cores: 8, freeBytes: (256 + 1999) * MIB, rssBytes })).toEqual({
      replicas: 5,
      limit: 'there is memory for 5',
    });
    expect(roomFor(replicas, { cores: 8, freeBytes: 100 * MIB, rssBytes }).replicas).toBe(2);
  });

  it('should not take the memory of the whole server for that of a thread', () => {
    const replicas = [replica({ pid: 5000, threadId: 3 })];
    expect(roomFor(replicas, { cores: 4, freeBytes: 1000 * MIB, rssBytes }).replicas).toBe(4);
  });

  it('should measure a real process', () => {
    const { replicas, limit } = replicaRoom([replica({ pid: process.pid })]);
    expect(replicas).toBeGreaterThanOrEqual(1);
    expect(limit).toMatch(/cores|memory/);
  });
});
