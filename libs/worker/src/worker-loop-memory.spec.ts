import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOP_FORMAT, type SharedBytes } from '#libs/contracts';
import { WorkerMemory } from '#libs/memory';
import { encodeBatch, encodeFree, encodeRegion, FrameReader } from '#libs/protocol';
import { encodeHop } from '#libs/codec';
import { FrameTape } from './frame-tape.fixture.js';
import { openMemory } from './open-memory.js';
import { StageExecutor } from './stage-executor.js';
import { WorkerLoop } from './worker-loop.js';
import { hopItem, hostOf } from './worker.fixture.js';

const MIB = 1 << 20;
let tape: FrameTape;
beforeEach(() => {
  tape = new FrameTape();
});
afterEach(() => tape.close());

/** A loop whose shared memory is a buffer of this process. */
function loopOf(forward: (item: unknown) => unknown) {
  const bytes = new Map<bigint, ArrayBuffer>();
  const view = (address: bigint, length: number): ArrayBuffer => {
    const part = bytes.get(address) ?? new ArrayBuffer(length);
    bytes.set(address, part);
    return part;
  };
  const native = { create: () => 0, commit: () => true, discard: () => undefined, map: () => 0n, view };
  const memory = new WorkerMemory({ fd: 0, sizeBytes: 4 * MIB, thresholdBytes: 1_000 }, native);
  const loop = new WorkerLoop(new StageExecutor(hostOf({ forward })), tape.sink, memory);
  const reader = new FrameReader((frame) => loop.accept(frame));
  return { push: (...buffers: Buffer[]) => reader.push(Buffer.concat(buffers)), view };
}

describe('when an item lies in shared memory', () => {
  it('should reach the stage from there, and its large result go to a region that the worker was given', () => {
    const { push, view } = loopOf((item) => Buffer.alloc(5_000, item as string));
    const payload = encodeHop('x');
    Buffer.from(view(8192n, 4096)).set(payload);
    const shared = { handle: { region: 1, generation: 1, offset: 8192, length: payload.length } } as SharedBytes;
    push(encodeRegion({ id: 2, offset: MIB, sizeBytes: MIB }));
    push(...encodeBatch(1, [hopItem('', { payload, shared, inputFormat: HOP_FORMAT })], true));
    expect(tape.flushed).toEqual(['begin 1: all', 'last 1: ok 0']);
    expect(tape.handles).toEqual([{ region: 2, generation: 1, offset: MIB, length: 5_001 }]);
    expect(Buffer.from(view(BigInt(MIB), 5_120)).toString('latin1', 1, 5_001)).toBe('x'.repeat(5_000));
  });

  it('should fill a freed slot again', () => {
    const { push } = loopOf(() => Buffer.alloc(5_000));
    push(encodeRegion({ id: 2, offset: 0, sizeBytes: MIB }), ...encodeBatch(1, [hopItem(1)]));
    push(encodeFree([{ region: 2, generation: 1, offset: 0, length: 5_001 }]), ...encodeBatch(2, [hopItem(1)]));
    expect(tape.handles.map(({ generation, offset }) => [generation, offset])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });
});

describe('when the gateway offers shared memory', () => {
  it('should have none, and say why, where it cannot be mapped', () => {
    const reasons: string[] = [];
    const offer = { sharedMemory: { sizeBytes: 0, thresholdBytes: 1 } };
    expect(openMemory(offer, (reason) => reasons.push(reason))).toBeUndefined();
    expect(reasons).toEqual([expect.stringContaining('this worker has no shared memory: ')]);
  });

  it('should have none where there is no offer', () => {
    expect(openMemory({}, () => expect.unreachable())).toBeUndefined();
  });
});
