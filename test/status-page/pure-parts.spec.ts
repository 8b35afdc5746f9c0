import { describe, expect, it } from 'vitest';
import { pageModule } from './page-module.js';

const { findBoxes } = await pageModule<{ findBoxes(value: unknown): object | undefined }>('boxes.js');
const { pathOf } = await pageModule<{ pathOf(values: (number | null)[]): string }>('sparkline.js');
const { newsBetween } = await pageModule<{ newsBetween(before: unknown, now: unknown): string[] }>('news.js');
const { amount, milliseconds } =
  await pageModule<Record<'amount' | 'milliseconds', (value: number | null) => string>>('format.js');

const found = (text: string): object => ({ text, box: { x: 1, y: 2, width: 3, height: 4 } });

describe('when boxes are looked for in an answer', () => {
  it('should find them with the size of the picture, also further down', () => {
    const page = { width: 640, height: 480, lines: [found('a'), found('b')] };
    const expected = { items: page.lines, width: 640, height: 480 };
    expect(findBoxes(page)).toEqual(expected);
    expect(findBoxes({ status: 'ok', pages: [{}, page] })).toEqual(expected);
    expect(findBoxes([found('a')])).toBeUndefined();
    expect(findBoxes({ lines: [found('a')], width: 0 })).toEqual({ items: [found('a')] });
  });

  it.each([[{ lines: [] }], [{ lines: [found('a'), {}] }], [{ lines: [{ box: [1, 2, 3, 4] }] }], ['box'], [null]])(
    'should find none in %j',
    (value) => expect(findBoxes(value)).toBeUndefined(),
  );
});

describe('when a line is drawn', () => {
  it('should end at the right, with its highest value at the top', () => {
    expect(pathOf([5, 10])).toBe('M58 10.00L59 1.50');
  });

  it('should have gaps, and dots between them', () => {
    expect(pathOf([1, null, 1, 1])).toBe('M56 1.50h0.5M58 1.50L59 1.50');
    expect(pathOf([null, null])).toBe('');
    expect(pathOf([0])).toBe('M59 18.50h0.5');
  });
});

describe('when samples follow each other', () => {
  const sample = (restarts: number, unreadyReason?: string): object => ({
    unreadyReason,
    stages: [{ stage: 'Classify', replicas: [{ restarts: 2 }, { restarts }] }],
  });

  it('should tell of changes of state and of restarts, and of nothing else', () => {
    expect(newsBetween(undefined, sample(1))).toEqual([]);
    expect(newsBetween(sample(1), sample(1))).toEqual([]);
    expect(newsBetween(sample(1), sample(2, 'loading'))).toEqual([
      'Not ready: loading',
      'A worker of Classify was restarted',
    ]);
    expect(newsBetween(sample(2, 'loading'), sample(2))).toEqual(['Ready']);
  });
});

describe('when figures are written', () => {
  it('should keep the digits that matter, and tell what is unknown', () => {
    expect([0, 0.044, 0.997, 12.34, 1234.5, null].map(amount)).toEqual(['0', '0.044', '1', '12', '1,235', '–']);
    const times = ['0.09 ms', '7.2 ms', '726 ms', '2,561 ms', '12 s', '–'];
    expect([0.0898, 7.24, 725.5, 2561, 12_000, null].map(milliseconds)).toEqual(times);
  });
});
