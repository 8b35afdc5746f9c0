import { describe, expect, it } from 'vitest';
import { bytesOf, collect } from './collect.fixture.js';
import { readInput } from './read-input.js';
import { skipLines } from './skip-lines.js';

const inputOf = (text: string) => readInput(bytesOf(text), 100);

async function skip(text: string, done: number, points: string, at: number) {
  const fingerprint = (await collect(inputOf(points)))[at - 1]?.fingerprint ?? '';
  const passed: number[] = [];
  const lines = skipLines(inputOf(text), done, { lines: at, fingerprint }, ({ number }) => passed.push(number));
  return { left: (await collect(lines)).map(({ bytes }) => bytes.toString()), passed };
}

describe('when lines are done', () => {
  it('should pass over them and give the others', async () => {
    expect(await skip('a\nb\nc\nd', 2, 'a\nb\nc', 2)).toEqual({ left: ['c', 'd'], passed: [1, 2] });
    expect(await skip('a\nb', 2, 'a\nb', 1)).toEqual({ left: [], passed: [1, 2] });
  });

  it('should not mind what comes behind them', async () => {
    expect((await skip('a\nb\nX\nY', 2, 'a\nb\nc', 2)).left).toEqual(['X', 'Y']);
  });

  it('should refuse another input, or one that is shorter', async () => {
    await expect(skip('a\nX\nc', 2, 'a\nb\nc', 2)).rejects.toThrow('not the one');
    await expect(skip('X\nb\nc', 2, 'a\nb\nc', 2)).rejects.toThrow('--restart');
    await expect(skip('a', 2, 'a\nb\nc', 2)).rejects.toThrow('not the one');
  });
});
