import { describe, expect, it } from 'vitest';
import type { SharedBytes, SlotHandle, WorkItem } from '#libs/contracts';
import { decodeBatch, encodeBatch } from './batch-frame.js';
import { hex, readFrames } from './frame-bytes.fixture.js';
import { decodeResults, encodeResults } from './result-frame.js';

const handle: SlotHandle = { region: 3, generation: 4, offset: 8192, length: 5 };
const shared: SharedBytes = { handle, bytes: Buffer.from('large'), hold: () => undefined, release: () => undefined };
const item = (part: Partial<WorkItem>): WorkItem => ({
  payload: Buffer.from('small'),
  inputFormat: 0,
  outputFormat: 255,
  eventFormat: 0,
  context: '{}',
  deadline: 1,
  ...part,
});

describe('when an item of a batch lies in shared memory', () => {
  const items = [item({ payload: shared.bytes, shared }), item({})];

  it('should travel by its handle beside items that travel inline', () => {
    const frames = readFrames(encodeBatch(1, items, true));
    const read: SlotHandle[] = [];
    const readShared = (one: SlotHandle): Buffer => (read.push(one), Buffer.from('from there'));
    const decoded = frames.flatMap((frame) => decodeBatch(frame, readShared));
    expect(decoded).toEqual([item({ payload: Buffer.from('from there') }), item({})]);
    expect(read).toEqual([handle]);
  });

  it('should travel inline to a worker that has no shared memory', () => {
    const decoded = readFrames(encodeBatch(1, items)).flatMap((frame) => decodeBatch(frame));
    expect(decoded.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['large', 'small']);
  });

  it('should be refused where there is no shared memory, or when the handle is none', () => {
    const [frame] = readFrames(encodeBatch(1, items, true));
    expect(() => frame && decodeBatch(frame)).toThrow('payload is in shared memory, and there is none');
    const [short] = readFrames([
      hex('1a000000 01 00 0100 01000000 000000000000f03f 00 ff 0100 00000000 02000000 00000000 aabb'),
    ]);
    expect(() => short && decodeBatch(short, () => shared.bytes)).toThrow('handle of a payload has the wrong length');
  });
});

describe('when a result lies in shared memory', () => {
  it('should travel by its handle beside results that travel inline', () => {
    const results = [
      { index: 1, ok: true, payload: new Uint8Array(0), handle },
      { index: 0, ok: false, payload: Buffer.from('error') },
    ];
    const seen: unknown[] = [];
    for (const frame of readFrames(encodeResults(9, results, true))) {
      decodeResults(frame, (index, ok, payload, where) => seen.push([index, ok, payload.toString(), where]));
    }
    expect(seen).toEqual([
      [1, true, '', handle],
      [0, false, 'error', undefined],
    ]);
  });

  it('should be refused when the handle is none', () => {
    const [frame] = readFrames([hex('0a000000 04 01 0100 01000000 0000 00 01 02000000 aabb')]);
    expect(() => frame && decodeResults(frame, () => undefined)).toThrow('handle of a result has the wrong length');
  });
});
