import type { OverloadSummary } from '../overload.js';
import type { CaseSummary } from '../summary.js';
import { formatOverloadTable } from './overload-table.js';
import { formatTable } from './table.js';

export interface Report {
  readonly conditions: {
    readonly node: string;
    readonly cores: number;
    readonly rounds: number;
    readonly seconds: number;
    /** Most cores that the load generator took. */
    readonly generatorCores: number;
  };
  readonly cases: readonly CaseSummary[];
  readonly overload: readonly OverloadSummary[];
}

/** Everything that was measured, for a person. */
export function formatReport({ conditions, cases, overload }: Report): string {
  const { node, cores, rounds, seconds, generatorCores } = conditions;
  const parts: string[] = [];
  if (cases.length > 0) {
    const share = `server, workers and load generator share them; the generator took at most ${generatorCores.toFixed(2)}`;
    parts.push(formatTable(cases), `ratio = pipeline / bare Fastify route; ${share}`);
  }
  if (overload.length > 0) {
    const what =
      'open loop at three times the closed-loop peak of a 10 ms stage, deadline 1 s; bounded: maxQueueWaitMs 50';
    const columns = 'goodput = part of the peak; expired = part of the accepted requests; refused = part of all';
    parts.push(formatOverloadTable(overload), what, columns);
  }
  parts.push(`medians over ${rounds} rounds of ${seconds} s; Node ${node}, ${cores} cores`);
  return parts.join('\n');
}
