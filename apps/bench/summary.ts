import { describeLoad, type CaseSamples } from './measure.js';
import type { Sample } from './load/run-load.js';
import { median } from './statistics.js';

export interface Figures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One line of the result. Every number is a median over the rounds; a ratio is taken within each round first. */
export interface CaseSummary {
  readonly pipeline: string;
  readonly load: string;
  /** The result: the pipeline's rate as a part of the bare route's. */
  readonly ratio: number;
  /** Smallest and largest ratio of a round. */
  readonly spread: readonly [number, number];
  readonly p50Ratio: number;
  readonly mosec: Figures;
  readonly bare: Figures;
}

export function summarise({ scope, load, samples, bare }: CaseSamples): CaseSummary {
  const ratios = perRound(samples, bare, 'requestsPerSecond');
  return {
    pipeline: scope,
    load: describeLoad(load),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    p50Ratio: median(perRound(samples, bare, 'p50Ms')),
    mosec: figures(samples),
    bare: figures(bare),
  };
}

/** Most cores that the load generator took in any measurement. */
export function busiestGenerator(cases: readonly CaseSamples[]): number {
  return Math.max(0, ...cases.flatMap(({ samples, bare }) => [...samples, ...bare].map((one) => one.generatorCores)));
}

function perRound(samples: readonly Sample[], bare: readonly Sample[], figure: keyof Sample): number[] {
  return samples.map((sample, round) => sample[figure] / (bare[round]?.[figure] ?? NaN));
}

function figures(samples: readonly Sample[]): Figures {
  const middle = (figure: keyof Sample): number => median(samples.map((sample) => sample[figure]));
  return { requestsPerSecond: middle('requestsPerSecond'), p50Ms: middle('p50Ms'), p99Ms: middle('p99Ms') };
}
