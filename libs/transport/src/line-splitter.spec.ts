import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.js';

function linesOf(chunks: readonly string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

describe('when a worker prints', () => {
  it('should give whole lines, without their ends and without empty ones', () => {
    expect(linesOf(['one\r\n\n  two  \nthr', 'ee\n', '   \n'])).toEqual(['one', '  two', 'three']);
  });

  it('should give the last line though it has no end', () => {
    expect(linesOf(['one\ntwo'])).toEqual(['one', 'two']);
  });

  it('should give the same lines however the output is split', () => {
    const output = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 60 });
    fc.assert(
      fc.property(output, fc.array(fc.nat(60)), (text, cuts) => {
        const at = [0, ...cuts.sort((one, other) => one - other), text.length];
        expect(linesOf(at.slice(1).map((end, i) => text.slice(at[i], end)))).toEqual(linesOf([text]));
      }),
    );
  });

  it('should cut a line that is too long, whether or not it ends', () => {
    const cut = `${'x'.repeat(16_384)}…`;
    expect(linesOf([`${'x'.repeat(20_000)}\nnext`])).toEqual([cut, 'next']);
    expect(linesOf(['x'.repeat(20_000), '\nnext'])).toEqual([cut, 'next']);
  });
});
