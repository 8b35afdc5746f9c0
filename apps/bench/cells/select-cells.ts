import type { Cell, PipelineName } from './cell.js';
import { TARGETS } from './targets.js';

export interface CellChoice {
  readonly pipelines: readonly PipelineName[];
  readonly bodies: readonly number[] | undefined;
  readonly connections: readonly number[] | undefined;
}

const FASTIFY = { bodies: [20, 10_000], connections: [1, 64] };
const MOSEC = { bodies: [20, 10_000, 1_000_000, 10_000_000], connections: [1, 16, 64, 256] };

/**
 * Every combination of what was chosen; without a choice of bodies or connections, against mosec only the cells that
 * have a target: all combinations take most of an hour.
 */
export function selectCells(peer: 'fastify' | 'mosec', { pipelines, ...chosen }: CellChoice): Cell[] {
  const all = peer === 'mosec' ? MOSEC : FASTIFY;
  const { bodies = all.bodies, connections = all.connections } = chosen;
  const cells = pipelines.flatMap((pipeline) =>
    bodies.flatMap((bodyBytes) => connections.map((count): Cell => ({ pipeline, bodyBytes, connections: count }))),
  );
  if (peer === 'fastify' || chosen.bodies || chosen.connections) return cells;
  const judged = (cell: Cell): boolean =>
    TARGETS.some(
      ({ pipeline, bodyBytes, connections: count }) =>
        pipeline === cell.pipeline && bodyBytes === cell.bodyBytes && count === cell.connections,
    );
  return cells.filter(judged);
}
