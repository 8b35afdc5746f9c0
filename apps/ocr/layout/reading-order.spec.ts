import { describe, expect, it } from 'vitest';
import { readingOrder } from './reading-order.js';

const box = (x: number, y: number, width: number) => ({ x, y, width, height: 20 });

describe('when there is one column', () => {
  it('should go from top to bottom', () => {
    expect(readingOrder([box(0, 60, 200), box(0, 0, 180), box(20, 30, 100)])).toEqual([1, 2, 0]);
  });
});

describe('when there are columns', () => {
  it('should read the left one to its end first, even where the right one is higher', () => {
    expect(readingOrder([box(120, 0, 100), box(0, 5, 100), box(120, 30, 100), box(0, 35, 100)])).toEqual([1, 3, 0, 2]);
  });

  it('should read three from left to right', () => {
    const columns = [240, 120, 0].flatMap((x) => [box(x, 0, 100), box(x, 30, 60)]);
    expect(readingOrder(columns)).toEqual([4, 5, 2, 3, 0, 1]);
  });

  it('should read a headline before and a footer after them', () => {
    const page = [
      box(60, 90, 120),
      box(0, 30, 100),
      box(120, 30, 100),
      box(0, 60, 100),
      box(120, 60, 100),
      box(40, 0, 150),
    ];
    expect(readingOrder(page)).toEqual([5, 1, 3, 2, 4, 0]);
  });

  it('should finish the columns above a line across before those below it', () => {
    const page = [box(0, 0, 100), box(120, 0, 100), box(0, 30, 220), box(0, 60, 100), box(120, 60, 100)];
    expect(readingOrder(page)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('when there is nothing', () => {
  it('should be empty', () => {
    expect(readingOrder([])).toEqual([]);
  });
});
