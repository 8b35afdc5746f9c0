import { describe, expect, it } from 'vitest';
import { arrange } from './arrange.js';

const at = (text: string, x: number, y: number, width = 100) => ({ text, box: { x, y, width, height: 20 } });

describe('when a page has prose in columns above a price list', () => {
  it('should read the columns down and the prices across', () => {
    const page = [
      at('7.00', 300, 90, 40),
      at('b1', 200, 0),
      at('a2', 0, 30),
      at('Rye bread', 0, 90),
      at('a1', 0, 0),
      at('b2', 200, 30),
      at('Our prices this week are', 0, 60, 300),
    ];
    expect(arrange(page).map(({ text }) => text)).toEqual([
      'a1',
      'a2',
      'b1',
      'b2',
      'Our prices this week are',
      'Rye bread',
      '7.00',
    ]);
  });
});
