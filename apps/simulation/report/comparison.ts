import type { Comparison } from '../compare/compare.js';
import { table } from './table.js';

const HEAD = ['hosts', 'clients', 'items/s', 'p50', 'p99', 'batch', 'Redis', 'gateway', 'host'];

/** Predicted, divided by measured. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  return table([HEAD, ...comparisons.map((comparison) => row(comparison))]);
}

function row({ hosts, clients, measured, predicted }: Comparison): string[] {
  const ratios = [
    predicted.throughput / measured.throughput,
    predicted.p50 / measured.p50,
    predicted.p99 / measured.p99,
    predicted.batch / measured.batch,
    predicted.redisUs / measured.redisUs,
    predicted.gatewayUs / measured.gatewayUs,
    predicted.hostUs / measured.hostUs,
  ];
  return [String(hosts), String(clients), ...ratios.map((ratio) => ratio.toFixed(2))];
}
