import { describe, expect, it } from 'vitest';
import { tableRows } from './table-rows.js';

const at = (text: string, x: number, y: number, width = 100) => ({ text, box: { x, y, width, height: 20 } });
const texts = (rows: { text: string }[][]): string[] =>
  rows.map((row) => row.map(({ text }) => text).join(' | ')).sort();

describe('when amounts stand in a column of their own', () => {
  it('should belong to the text on their left', () => {
    const list = [
      at('Tea', 0, 0),
      at('2.50', 200, 1, 40),
      at('Cake', 0, 30),
      at('EUR 13.00', 160, 29, 80),
      at('Total', 0, 60),
      at('$15.50', 195, 60, 45),
    ];
    expect(texts(tableRows(list))).toEqual(['Cake | EUR 13.00', 'Tea | 2.50', 'Total | $15.50']);
  });

  it('should form a row of several', () => {
    const list = [at('Tea', 0, 0), at('2 x', 120, 0, 30), at('5.00', 200, 0, 40)];
    expect(texts(tableRows(list))).toEqual(['Tea | 2 x | 5.00']);
  });
});

describe('when a number stands in a column of prose', () => {
  it('should stay with its column', () => {
    const page = [
      at('left one', 0, 0),
      at('left two', 0, 30),
      at('right one', 120, 0),
      at('right', 120, 60),
      at('2024.', 120, 30, 50),
    ];
    expect(tableRows(page)).toHaveLength(5);
  });
});

describe('when there is no text on the left', () => {
  it('should stay alone', () => {
    expect(texts(tableRows([at('42', 0, 0), at('below', 0, 30)]))).toEqual(['42', 'below']);
  });
});
