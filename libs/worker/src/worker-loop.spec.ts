import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientError, EVENT_WINDOW_BYTES, HOP_FORMAT, type StageCall, type WorkItem } from '#libs/contracts';
import { encodeBatch, encodeCredit, encodeIndexes, FrameReader, FrameType, ProtocolError } from '#libs/protocol';
import { FrameTape } from './frame-tape.fixture.js';
import { StageExecutor } from './stage-executor.js';
import type { StageInstance } from './stage-host.js';
import { WorkerLoop } from './worker-loop.js';
import { hopItem, hostOf, turn } from './worker.fixture.js';

let tape: FrameTape;
beforeEach(() => {
  tape = new FrameTape();
});
afterEach(() => tape.close());

/** A loop that is fed with the bytes of the gateway. */
function loopOf(instance: StageInstance, acceptInput?: (value: unknown) => unknown) {
  const loop = new WorkerLoop(new StageExecutor(hostOf(instance, { acceptInput })), tape.sink);
  const reader = new FrameReader((frame) => loop.accept(frame));
  return {
    idle: () => loop.idle(),
    batch: (id: number, values: unknown[]) => {
      const items: WorkItem[] = values.map((value) => hopItem(value));
      reader.push(Buffer.concat(encodeBatch(id, items)));
    },
    cancel: (id: number, indexes?: number[]) => reader.push(encodeIndexes(FrameType.Cancel, id, indexes)),
  };
}

/** A batch stage whose runs end when the test says so. */
class GatedStage implements StageInstance {
  readonly entered: unknown[][] = [];
  readonly calls: StageCall[][] = [];
  private readonly gates: (() => void)[] = [];

  forwardBatch(items: unknown[], calls: StageCall[]): Promise<unknown[]> {
    this.entered.push(items);
    this.calls.push(calls);
    return new Promise((resolve) => this.gates.push(() => resolve(items)));
  }

  async release(): Promise<void> {
    this.gates.shift()!();
    await turn();
  }
}

describe('when batches come in', () => {
  it('should answer a synchronous batch before the next frame is read', () => {
    loopOf({ forwardBatch: (items) => items }).batch(1, ['a', 'b']);
    expect(tape.flushed).toEqual(['begin 1: all', 'last 1: ok 0, ok 1']);
  });

  it('should run them in order, one at a time', async () => {
    const stage = new GatedStage();
    const loop = loopOf(stage);
    for (const id of [5, 6, 7]) loop.batch(id, [id]);
    expect(stage.entered).toEqual([[5]]);
    await stage.release();
    expect(stage.entered).toEqual([[5], [6]]);
    await stage.release();
    await stage.release();
    expect(tape.flushed).toEqual([5, 6, 7].flatMap((id) => [`begin ${id}: all`, `last ${id}: ok 0`]));
  });

  it('should have its begin frame out before the stage is entered', () => {
    let seen: string[] = [];
    loopOf({ forward: () => (seen = tape.flushed) }).batch(1, ['a']);
    expect(seen).toEqual(['begin 1: all']);
  });

  it('should send what is settled already along with the begin frame', () => {
    const acceptInput = (value: unknown) => {
      if (value === 'bad') throw new ClientError('bad');
      return value;
    };
    let seen: string[] = [];
    loopOf({ forwardBatch: (items) => ((seen = tape.flushed), items) }, acceptInput).batch(1, ['bad', 'b']);
    expect(seen).toEqual(['result 1: error 0', 'begin 1: 1']);
    expect(tape.flushed.at(-1)).toBe('last 1: ok 1');
  });

  it('should not keep the results of one batch while the next is being decoded', async () => {
    const stage = new GatedStage();
    const loop = loopOf(stage, (value) => (value === 'slow' ? new Promise(() => undefined) : value));
    loop.batch(1, ['a']);
    loop.batch(2, ['slow']);
    await stage.release();
    expect(tape.flushed).toEqual(['begin 1: all', 'last 1: ok 0']);
  });

  it('should refuse a malformed batch', () => {
    const loop = new WorkerLoop(new StageExecutor(hostOf({})), tape.sink);
    const frame = { type: FrameType.Batch, flags: 0, batch: 1, count: 1, body: Buffer.alloc(3) };
    expect(() => loop.accept(frame)).toThrow(ProtocolError);
  });
});

describe('when the gateway cancels', () => {
  it('should abort the signals of the running items that it named', () => {
    const stage = new GatedStage();
    const loop = loopOf(stage);
    loop.batch(1, ['a', 'b', 'c']);
    const signals = stage.calls[0]!.map((call) => call.signal);
    loop.cancel(1, [1]);
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true, false]);
    loop.cancel(1);
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true, true]);
  });

  it('should not enter the stage with queued items that it named', async () => {
    const stage = new GatedStage();
    const loop = loopOf(stage);
    loop.batch(1, ['a']);
    loop.batch(2, ['b', 'c']);
    loop.batch(3, ['d']);
    loop.cancel(2, [0]);
    loop.cancel(3);
    await stage.release();
    await stage.release();
    expect(stage.entered).toEqual([['a'], ['c']]);
    expect(tape.flushed.slice(2)).toEqual(['begin 2: 1', 'last 2: ok 1', 'last 3: ']);
  });

  it('should ignore a batch that is done or unknown', () => {
    const loop = loopOf({ forwardBatch: (items) => items });
    loop.batch(1, ['a']);
    loop.cancel(1, [0]);
    loop.cancel(9);
    expect(tape.flushed).toEqual(['begin 1: all', 'last 1: ok 0']);
  });
});

describe('when the worker is to end', () => {
  it('should be idle at once where nothing runs', async () => {
    await expect(loopOf({}).idle()).resolves.toBeUndefined();
  });

  it('should be idle after the last queued batch', async () => {
    const stage = new GatedStage();
    const loop = loopOf(stage);
    loop.batch(1, ['a']);
    loop.batch(2, ['b']);
    let idle = false;
    const waiting = loop.idle().then(() => (idle = true));
    await stage.release();
    expect(idle).toBe(false);
    await stage.release();
    await waiting;
    expect(tape.flushed.at(-1)).toBe('last 2: ok 0');
  });
});

describe('when a stage streams', () => {
  function streamLoopOf(instance: StageInstance, maxConcurrency = 1) {
    const executor = new StageExecutor(hostOf(instance, { stream: { sendResult: false } }));
    const loop = new WorkerLoop(executor, tape.sink, undefined, maxConcurrency);
    const reader = new FrameReader((frame) => loop.accept(frame));
    return {
      batch: (id: number, value: unknown) =>
        reader.push(Buffer.concat(encodeBatch(id, [hopItem(value, { eventFormat: HOP_FORMAT })]))),
      credit: (id: number, bytes: number) => reader.push(encodeCredit(id, 0, bytes)),
      cancel: (id: number) => reader.push(encodeIndexes(FrameType.Cancel, id)),
    };
  }

  /** Yields the texts of its item. */
  const generator: StageInstance = {
    async *forward(item: unknown) {
      for (const text of item as string[]) yield text;
    },
  };

  it('should send events in frames of their own, those of a turn together, and the end behind them', async () => {
    streamLoopOf(generator).batch(4, ['a', 'b', 'c']);
    for (let i = 0; i < 5; i++) await turn();
    expect(tape.flushed).toEqual(['begin 4: all', 'events 4/0: 1, "a"', 'events 4/0: 2, "b" "c"', 'last 4: ok 0']);
  });

  it('should go on when the gateway says that events were read', async () => {
    const loop = streamLoopOf(generator);
    loop.batch(1, ['x'.repeat(EVENT_WINDOW_BYTES), 'b']);
    for (let i = 0; i < 5; i++) await turn();
    expect(tape.flushed).toHaveLength(2);
    loop.credit(9, EVENT_WINDOW_BYTES);
    loop.credit(1, EVENT_WINDOW_BYTES + 10);
    for (let i = 0; i < 5; i++) await turn();
    expect(tape.flushed.slice(2)).toEqual(['events 1/0: 1, "b"', 'last 1: ok 0']);
  });

  it('should run as many at a time as it may, and cancel each by itself', async () => {
    const stage = new GatedStage();
    const loop = streamLoopOf(stage, 2);
    for (const id of [1, 2, 3]) loop.batch(id, id);
    expect(stage.entered).toEqual([[1], [2]]);
    loop.cancel(2);
    expect(stage.calls.map(([call]) => call!.signal.aborted)).toEqual([false, true]);
    await stage.release();
    expect(stage.entered).toEqual([[1], [2], [3]]);
  });
});
