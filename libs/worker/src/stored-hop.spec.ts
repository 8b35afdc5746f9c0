import { describe, expect, it } from 'vitest';
import { HOP_FORMAT, STORED_FORMAT, UnavailableError } from '#libs/contracts';
import { decodeHop } from '#libs/codec';
import { storedHandle } from '#libs/protocol';
import { ItemCall } from './item-call.js';
import type { HandOverPort } from './stage-host.js';
import { hopItem, hostOf, RecordingPort, runBatch } from './worker.fixture.js';

const handleOf = (id: number): Buffer => storedHandle({ store: 0, id: String(id).padStart(32, '0'), length: 1 });

/** A store in memory that refuses the value and the handle `refused`. */
class FakeHandOver implements HandOverPort {
  readonly values: Uint8Array[] = [];
  refused?: unknown;

  async write(value: Uint8Array): Promise<Uint8Array> {
    if (decodeHop(value) === this.refused) throw new UnavailableError('no');
    return handleOf(this.values.push(value) - 1);
  }

  async read(handle: Uint8Array): Promise<Uint8Array> {
    const value = this.values[Number(Buffer.from(handle).toString('hex', 8))] as Uint8Array;
    if (decodeHop(value) === this.refused) throw new UnavailableError('no');
    return value;
  }
}

/** Which of its results are handles. */
class StoredPort extends RecordingPort {
  readonly stored: number[] = [];

  override settled(index: number, ok: boolean, payload: Uint8Array, stored = false): void {
    if (stored && ok) this.stored.push(index);
    if (ok && stored) this.events.push(`stored ${index}`);
    else super.settled(index, ok, payload);
  }
}

const shout = hostOf({ forwardBatch: (items) => items.map((item) => `${String(item)}!`) });

describe('when a stage hands over through a store', () => {
  it('should store what is wanted there, and send the rest', async () => {
    const handOver = new FakeHandOver();
    const calls = [
      new ItemCall(hopItem('a', { outputFormat: STORED_FORMAT })),
      new ItemCall(hopItem('b', { outputFormat: HOP_FORMAT })),
    ];
    const port = new StoredPort();
    await runBatch({ ...shout, handOver }, calls, port);
    expect([port.stored, port.values.get(1), handOver.values.map((value) => decodeHop(value))]).toEqual([
      [0],
      'b!',
      ['a!'],
    ]);
  });

  it('should read what the stage before has stored', async () => {
    const handOver = new FakeHandOver();
    const payload = await handOver.write(hopItem('a').payload);
    const port = await runBatch({ ...shout, handOver }, [new ItemCall(hopItem(0, { payload }))]);
    expect(port.values.get(0)).toBe('a!');
  });

  it.each(['before', 'after'])('should fail alone where its value cannot be had: %s its handler', async (when) => {
    const handOver = new FakeHandOver();
    const payloads = [await handOver.write(hopItem('a').payload), await handOver.write(hopItem('b').payload)];
    handOver.refused = when === 'before' ? 'a' : 'a!';
    const calls = payloads.map((payload) => new ItemCall(hopItem(0, { payload, outputFormat: STORED_FORMAT })));
    const port = new StoredPort();
    await runBatch({ ...shout, handOver }, calls, port);
    expect([port.stored, port.errors.get(0)?.statusCode, port.events.at(-1)]).toEqual([[1], 503, 'finished']);
  });
});
