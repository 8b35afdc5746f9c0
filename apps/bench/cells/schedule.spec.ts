import { describe, expect, it } from 'vitest';
import type { Cell, PipelineName } from './cell.js';
import { planRounds, secondsOf } from './schedule.js';

const timing = { rounds: 2, starts: 3, seconds: 1, warmUpSeconds: 10 };
const cell = (pipeline: PipelineName, bodyBytes: number, connections: number): Cell => {
  return { pipeline, bodyBytes, connections };
};

describe('when rounds are planned', () => {
  const cells = [
    cell('one', 20, 1),
    cell('one', 20, 16),
    cell('one', 20, 64),
    cell('one', 99, 64),
    cell('three', 20, 64),
  ];
  const rounds = planRounds(cells, timing);

  it('should measure each cell as often as was asked for', () => {
    const counts = cells.map((one) => rounds.filter((round) => round.cells.includes(one)).length);
    expect(counts).toEqual([3, 2, 2, 2, 2]);
  });

  it('should put several connections of the same pipeline and body into one round, and nothing else', () => {
    expect(rounds.filter(({ number }) => number === 1).map((round) => round.cells)).toEqual([
      [cells[0]],
      [cells[1], cells[2]],
      [cells[3]],
      [cells[4]],
    ]);
  });

  it('should count the rounds of the same cells', () => {
    expect(rounds.map(({ number, of }) => `${number}/${of}`).slice(0, 5)).toEqual(['1/3', '2/3', '3/3', '1/2', '2/2']);
  });

  it('should warm up for longer with one connection', () => {
    expect(new Set(rounds.map((round) => `${round.cells[0]?.connections} ${round.warmUpSeconds}`))).toEqual(
      new Set(['1 10', '16 5', '64 5']),
    );
  });

  it('should not warm up for longer than was asked for', () => {
    const short = planRounds(cells, { ...timing, warmUpSeconds: 0.5 });
    expect(new Set(short.map(({ warmUpSeconds }) => warmUpSeconds))).toEqual(new Set([0.5]));
  });

  it('should estimate the time that both contenders take', () => {
    const [lone, , , loaded] = rounds.map((round) => secondsOf(round, timing));
    expect(lone).toBeCloseTo(2.5 + 2 * (10 + 1.2));
    expect(loaded).toBeCloseTo(2.5 + 2 * (5 + 2 * 1.2));
  });
});
