import { describe, expect, it } from 'vitest';
import { parseKilobytes, parseStat } from './stat.js';

describe('when a stat file is read', () => {
  const line =
    '4711 (a (odd) name) S 1 4711 4711 0 -1 4194560 1 2 0 0 250 50 30 20 20 0 11 0 98765 1000 200 18446744073709551615';

  it('should add up its own time and that of children that have ended', () => {
    expect(parseStat(line).cpuSeconds).toBeCloseTo(3.5);
  });

  it('should find its fields behind a name with blanks and parentheses', () => {
    expect(parseStat(line)).toMatchObject({ state: 'S', startTicks: 98765 });
  });
});

describe('when a line of kilobytes is read', () => {
  const text = 'Rss:   200 kB\nPss:   123 kB\nPss_Dirty:   7 kB\n';

  it('should take the one with that name', () => expect(parseKilobytes(text, 'Pss')).toBe(123 * 1024));
  it('should tell that it is not there', () => expect(parseKilobytes(text, 'Swap')).toBeNaN());
});
