import { describe, expect, it } from 'vitest';
import type { Raster } from '../image/raster.js';
import { inkMask, inkProfile } from './ink-profile.js';

/** `#` is ink, `+` half as strong; on white, or inverted. */
function picture(rows: string[], levels: Record<string, number> = { '#': 0, '+': 200, '.': 255 }): Raster {
  const data = Uint8Array.from(
    rows
      .join('')
      .split('')
      .flatMap((dot) => new Array<number>(3).fill(levels[dot]!)),
  );
  return { width: rows[0]!.length, height: rows.length, data };
}

const ROWS = ['..#..##...', '..#...#...', '..........', '..........'];

function profileOf(raster: Raster): string {
  return [...inkProfile(inkMask(raster), raster.width)].join('');
}

describe('when letters stand on a ground', () => {
  it('should mark the columns with ink', () => {
    expect(profileOf(picture(ROWS))).toBe('0010011000');
  });

  it('should mark the same ones for light on dark', () => {
    expect(profileOf(picture(ROWS, { '#': 250, '.': 20 }))).toBe('0010011000');
  });

  it('should pass over soft edges', () => {
    expect(profileOf(picture(['.+##+.....', '..........']))).toBe('0011000000');
  });
});

describe('when a line is underlined', () => {
  it('should ignore the rule', () => {
    expect(profileOf(picture([...ROWS, '##########', '..........', '..........', '..........']))).toBe('0010011000');
  });
});

describe('when nothing is written', () => {
  it('should find no ink in the grain of the paper', () => {
    expect(profileOf(picture(ROWS, { '#': 240, '.': 250 }))).toBe('0000000000');
  });
});
