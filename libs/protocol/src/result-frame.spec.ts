import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameType, LAST_RESULT, type Frame } from './frame.js';
import { hex, readFrames } from './frame-bytes.fixture.js';
import { COPY_THRESHOLD_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';
import { decodeResults, encodeResults, type ItemResult } from './result-frame.js';

const BYTES = hex(`
  13000000 04 01 0200 07000000
  0200 00 00 02000000 aabb
  0100 01 00 01000000 cc`);

const RESULTS: ItemResult[] = [
  { index: 2, ok: true, payload: Buffer.from([0xaa, 0xbb]) },
  { index: 1, ok: false, payload: Buffer.from([0xcc]) },
];

function resultsOf(frame: Frame): ItemResult[] {
  const results: ItemResult[] = [];
  decodeResults(frame, (index, ok, payload) => results.push({ index, ok, payload }));
  return results;
}

describe('when results are written as a frame', () => {
  it('should have these bytes', () => {
    expect(Buffer.concat(encodeResults(7, RESULTS, true)).toString('hex')).toBe(BYTES.toString('hex'));
  });

  it('should be marked only when nothing of the batch follows', () => {
    expect(Buffer.concat(encodeResults(7, [], false)).toString('hex')).toBe('000000000400000007000000');
    expect(Buffer.concat(encodeResults(7, [], true)).toString('hex')).toBe('000000000401000007000000');
  });

  it('should refer to large payloads and copy small ones', () => {
    const large = new Uint8Array(COPY_THRESHOLD_BYTES + 2).subarray(1);
    const small = new Uint8Array(COPY_THRESHOLD_BYTES);
    const buffers = encodeResults(
      1,
      [small, large, small].map((payload, index) => ({ index, ok: true, payload })),
      true,
    );
    const shared = buffers.filter(({ buffer }) => buffer === large.buffer);
    expect(shared.map(({ byteOffset, length }) => [byteOffset, length])).toEqual([[1, large.length]]);
    expect(buffers.some(({ buffer }) => buffer === small.buffer)).toBe(false);
  });
});

describe('when a result frame is read', () => {
  it('should give the results of these bytes, in order', () => {
    const [frame] = readFrames([BYTES]);
    expect(frame).toMatchObject({ type: FrameType.Result, flags: LAST_RESULT, batch: 7 });
    expect(resultsOf(frame!)).toEqual(RESULTS);
  });

  it('should give back any results, whatever their size', () => {
    const sizes = fc.oneof(
      { weight: 4, arbitrary: fc.nat(20) },
      fc.integer({ min: COPY_THRESHOLD_BYTES - 1, max: COPY_THRESHOLD_BYTES + 2 }),
    );
    const result = fc.record({
      index: fc.nat(0xffff),
      ok: fc.boolean(),
      payload: sizes.map((size) => Buffer.alloc(size, size)),
    });
    fc.assert(
      fc.property(fc.array(result, { maxLength: 6 }), fc.boolean(), (results, last) => {
        const frames = readFrames(encodeResults(3, results, last));
        expect(frames).toMatchObject([{ flags: last ? LAST_RESULT : 0, batch: 3 }]);
        expect(resultsOf(frames[0]!)).toEqual(results);
      }),
    );
  });
});

describe('when results lie in a store', () => {
  it('should be told from others by a flag', () => {
    const results = [
      { index: 0, ok: true, payload: Buffer.from('handle'), stored: true },
      { index: 1, ok: true, payload: Buffer.from('value') },
    ];
    const [frame] = readFrames(encodeResults(1, results, true));
    const stored: boolean[] = [];
    decodeResults(frame!, (_index, _ok, _payload, _handle, isStored) => stored.push(isStored));
    expect([stored, frame!.body[3], frame!.body[17]]).toEqual([[true, false], 2, 0]);
  });
});

describe('when a result frame does not add up', () => {
  const body = BYTES.subarray(12);
  const frame = (bytes: Buffer, count = 2): Frame => ({ type: 4, flags: 0, batch: 1, count, body: bytes });

  it('should refuse every truncation', () => {
    for (let length = 0; length < body.length; length += 1)
      expect(() => resultsOf(frame(body.subarray(0, length)))).toThrow(ProtocolError);
  });

  it('should refuse bytes behind the last item', () => {
    expect(() => resultsOf(frame(Buffer.concat([body, Buffer.alloc(1)])))).toThrow('longer than its items');
  });

  it.each([0, 1, 3])('should refuse a count of %d where there are two items', (count) => {
    expect(() => resultsOf(frame(body, count))).toThrow(ProtocolError);
  });

  it('should refuse a payload that reaches beyond the frame', () => {
    const wrong = Buffer.from(body);
    wrong.writeUInt32LE(0xffffffff, 4);
    expect(() => resultsOf(frame(wrong))).toThrow('shorter than its payloads');
  });
});
