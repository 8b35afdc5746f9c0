import type { Cell } from './cell.js';

/** A figure of which a ratio is taken. */
export type Figure = 'rate' | 'p50' | 'p99';

/** How this package should compare with mosec in a cell, on two cores. */
export interface Target extends Cell {
  readonly figure: Figure;
  /** Ratio (ours / mosec) that has to be reached: from above for the rate, from below for a latency. */
  readonly floor: number;
  /** Ratio that is wished for. */
  readonly aim: number;
}

const SMALL = 20;
const MEDIUM = 10_000;
const LARGE = 1_000_000;
const LARGEST = [9_000_000, 10_000_000];

/** For judging what was measured: machines differ, so no test asks for these. */
export const TARGETS: readonly Target[] = [
  { pipeline: 'one', bodyBytes: SMALL, connections: 64, figure: 'rate', floor: 2.2, aim: 3 },
  { pipeline: 'batch32', bodyBytes: SMALL, connections: 64, figure: 'rate', floor: 1.1, aim: 1.4 },
  { pipeline: 'three', bodyBytes: SMALL, connections: 64, figure: 'rate', floor: 4, aim: 5.5 },
  { pipeline: 'one', bodyBytes: MEDIUM, connections: 64, figure: 'rate', floor: 2.2, aim: 3 },
  { pipeline: 'batch32', bodyBytes: MEDIUM, connections: 64, figure: 'rate', floor: 1.7, aim: 2.2 },
  { pipeline: 'one', bodyBytes: LARGE, connections: 16, figure: 'rate', floor: 1.3, aim: 1.8 },
  ...LARGEST.map((bodyBytes): Target => {
    return { pipeline: 'one', bodyBytes, connections: 16, figure: 'rate', floor: 1.3, aim: 2 };
  }),
  { pipeline: 'three', bodyBytes: LARGE, connections: 16, figure: 'rate', floor: 1.5, aim: 2.5 },
  { pipeline: 'one', bodyBytes: SMALL, connections: 1, figure: 'p50', floor: 1.2, aim: 0.9 },
  { pipeline: 'one', bodyBytes: SMALL, connections: 1, figure: 'p99', floor: 2, aim: 1 },
  { pipeline: 'batch32', bodyBytes: SMALL, connections: 1, figure: 'p50', floor: 0.05, aim: 0.05 },
];

export function targetsOf(cell: Cell): Target[] {
  return TARGETS.filter(
    ({ pipeline, bodyBytes, connections }) =>
      pipeline === cell.pipeline && bodyBytes === cell.bodyBytes && connections === cell.connections,
  );
}

/** Whether a ratio is as good as `bound` or better. */
export function reaches(figure: Figure, ratio: number, bound: number): boolean {
  return figure === 'rate' ? ratio >= bound : ratio <= bound;
}
