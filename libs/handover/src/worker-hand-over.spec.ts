import { describe, expect, it } from 'vitest';
import { readStoredHandle, storedHandle } from '#libs/protocol';
import type { StoredEntry } from './redis-connection.js';
import { redis } from './redis.js';
import { WorkerHandOver } from './worker-hand-over.js';

/** A Redis in memory, which counts its round trips and may refuse. */
class FakeStore {
  readonly values = new Map<string, Buffer>();
  trips = 0;
  refusal?: Error;

  async setAll(entries: readonly StoredEntry[]): Promise<(Error | undefined)[]> {
    this.trips++;
    return entries.map(({ key, value }) => {
      if (!this.refusal) this.values.set(key, Buffer.from(value));
      return this.refusal;
    });
  }

  async getAll(keys: readonly string[]): Promise<(Buffer | null | Error)[]> {
    this.trips++;
    return keys.map((key) => this.refusal ?? this.values.get(key) ?? null);
  }
}

function handOver() {
  const store = new FakeStore();
  return { store, hop: new WorkerHandOver(7, redis({ url: 'redis://:secret@cache', prefix: 'p' }), store) };
}

const UNAVAILABLE = {
  statusCode: 503,
  code: 'HANDOVER_UNAVAILABLE',
  message: 'the hand-over between stages is unavailable',
};

describe('when values are handed over', () => {
  it('should store and read those of a batch in one round trip each', async () => {
    const { store, hop } = handOver();
    const handles = await Promise.all([hop.write(Buffer.from('a')), hop.write(Buffer.from('bc'))]);
    expect(store.trips).toBe(1);
    const values = await Promise.all(handles.map((handle) => hop.read(handle)));
    expect([store.trips, String(values)]).toEqual([2, 'a,bc']);
    const { store: number, id, length } = readStoredHandle(handles[1]);
    expect([number, length, store.values.has(`p:${id}`)]).toEqual([7, 2, true]);
  });

  it('should never give two values one key', async () => {
    const { store, hop } = handOver();
    await Promise.all(Array.from({ length: 100 }, () => hop.write(Buffer.from('same'))));
    expect(store.values.size).toBe(100);
  });
});

describe('when a value cannot be handed over', () => {
  it('should fail with the reason for the log, and no address for the client', async () => {
    const { store, hop } = handOver();
    const handle = await hop.write(Buffer.from('a'));
    store.refusal = new Error('OOM');
    const cause = { message: 'Redis at cache:6379: OOM' };
    await expect(hop.write(Buffer.from('a'))).rejects.toMatchObject({ ...UNAVAILABLE, cause });
    await expect(hop.read(handle)).rejects.toMatchObject({ ...UNAVAILABLE, cause });
  });

  it('should fail alone where its value is gone, or is another', async () => {
    const { store, hop } = handOver();
    const [gone, other, good] = await Promise.all(['a', 'b', 'c'].map((text) => hop.write(Buffer.from(text))));
    store.values.delete(`p:${readStoredHandle(gone!).id}`);
    store.values.set(`p:${readStoredHandle(other!).id}`, Buffer.from('longer'));
    const reads = await Promise.allSettled([gone, other, good].map((handle) => hop.read(handle!)));
    expect(reads).toMatchObject([
      {
        reason: {
          ...UNAVAILABLE,
          cause: { message: expect.stringContaining('expired after ttlMs (60000)') as string },
        },
      },
      { reason: UNAVAILABLE },
      { value: Buffer.from('c') },
    ]);
  });

  it('should refuse a value that is more than Redis takes', async () => {
    const { store, hop } = handOver();
    const huge = { length: (512 << 20) + 1 } as Uint8Array;
    await expect(hop.write(huge)).rejects.toMatchObject({ code: 'ENCODING' });
    expect(store.trips).toBe(0);
  });

  it('should refuse what is no handle', async () => {
    const { hop } = handOver();
    await expect(hop.read(storedHandle({ store: 7, id: '', length: 1 }).subarray(1))).rejects.toThrow('wrong form');
  });
});
