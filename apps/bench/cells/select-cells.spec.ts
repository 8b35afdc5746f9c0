import { describe, expect, it } from 'vitest';
import { describeCell, PIPELINES } from './cell.js';
import { selectCells } from './select-cells.js';
import { TARGETS } from './targets.js';

const nothing = { bodies: undefined, connections: undefined };

describe('when neither bodies nor connections are chosen', () => {
  it('should measure against mosec what has a target', () => {
    const cells = selectCells('mosec', { pipelines: PIPELINES, ...nothing }).map(describeCell);
    const judged = TARGETS.filter(({ bodyBytes }) => bodyBytes !== 9_000_000).map(describeCell);
    expect(new Set(cells)).toEqual(new Set(judged));
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('should keep to the chosen pipelines', () => {
    const cells = selectCells('mosec', { pipelines: ['three'], ...nothing });
    expect(cells.map(describeCell)).toEqual(['three, 20 B, 64 connections', 'three, 1 MB, 16 connections']);
  });

  it('should measure small bodies against Fastify', () => {
    const cells = selectCells('fastify', { pipelines: ['one'], ...nothing });
    expect(cells.map(describeCell)).toEqual([
      'one, 20 B, 1 connection',
      'one, 20 B, 64 connections',
      'one, 10 KB, 1 connection',
      'one, 10 KB, 64 connections',
    ]);
  });
});

describe('when one of them is chosen', () => {
  it('should combine it with all of the other', () => {
    const cells = selectCells('mosec', { pipelines: ['one'], bodies: [7], connections: undefined });
    expect(cells).toEqual([1, 16, 64, 256].map((connections) => ({ pipeline: 'one', bodyBytes: 7, connections })));
  });

  it('should measure every combination of both', () => {
    const cells = selectCells('mosec', { pipelines: PIPELINES, bodies: [1, 2], connections: [3, 4] });
    expect(cells).toHaveLength(12);
  });
});
