import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './collect.fixture.js';
import { readInput } from './read-input.js';
import { readLines } from './line-reader.js';
import { type TextLine } from './text-line.js';

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

const linesOf = (text: string, keep = 1000, sizes = [7]): Promise<TextLine[]> =>
  collect(readLines(chunksOf(Buffer.from(text), sizes), keep));

describe('when bytes are cut into lines', () => {
  it('should find the same lines wherever the pieces end', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '\n', '\r') });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(text, sizes, async (content, cuts) => {
        const lines = await linesOf(content, 1000, cuts);
        expect(lines.map(({ bytes, ended }) => bytes.toString() + (ended ? '\n' : '')).join('')).toBe(content);
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
        expect(lines.at(-1)?.end ?? 0).toBe(Buffer.byteLength(content));
      }),
    );
  });

  it('should count a last line without a line feed, and none behind the last line feed', async () => {
    expect((await linesOf('a\n\nb')).map(({ ended, length }) => [ended, length])).toEqual([
      [true, 1],
      [true, 0],
      [false, 1],
    ]);
    expect(await linesOf('a\n')).toHaveLength(1);
    expect(await linesOf('')).toEqual([]);
  });

  it('should keep only the beginning of a long line', async () => {
    const [long, next] = await linesOf(`${'x'.repeat(100)}\nyy\n`, 10);
    expect([long?.length, long?.bytes.toString(), next?.bytes.toString()]).toEqual([100, 'x'.repeat(10), 'yy']);
  });
});

describe('when the input is fingerprinted', () => {
  const fingerprints = async (text: string, keep = 1000, sizes = [5]): Promise<string[]> =>
    (await collect(readInput(chunksOf(Buffer.from(text), sizes), keep))).map(({ fingerprint }) => fingerprint);

  it('should not depend on the pieces, on what is kept, or on what comes behind', async () => {
    const [first, second] = await fingerprints('one\ntwo\n');
    expect(await fingerprints('one\ntwo\nthree', 2, [1])).toMatchObject([first, second, expect.any(String)]);
    expect((await fingerprints('one\ntwo'))[1]).toBe(second);
  });

  it('should differ with every byte before, also where lines end', async () => {
    const last = async (text: string): Promise<string | undefined> => (await fingerprints(text, 2)).at(-1);
    const all = await Promise.all(['ab\nc', 'a\nbc', 'abX\nc', 'abY\nc', 'ab\n\nc', 'abc'].map(last));
    expect(new Set(all).size).toBe(all.length);
  });

  it('should pass over a byte order mark', async () => {
    const [line] = await collect(readInput(chunksOf(Buffer.from('\ufeff{}\n'), [2]), 100));
    expect(line?.bytes.toString()).toBe('{}');
  });
});
