import type { Cell } from '../cells/cell.js';
import { reaches, targetsOf, type Figure } from '../cells/targets.js';
import type { Sample } from '../load/run-load.js';
import { median } from '../statistics.js';
import type { CellSamples } from './measure.js';
import { ratioOf, type Ratio } from './ratio.js';

/** Medians over the rounds. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuPer1000: number;
  readonly memoryBytes: number;
  readonly memoryKind: string;
  /** Over all rounds: what went wrong, and how often. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface Judgement {
  readonly figure: Figure;
  readonly ratio: Ratio;
  readonly floor: number;
  readonly aim: number;
  readonly reachesFloor: boolean;
  readonly reachesAim: boolean;
}

/** One line of the result. */
export interface CellSummary extends Cell {
  /** False when there were errors: then nothing here is a result. */
  readonly valid: boolean;
  readonly ratios: Readonly<Record<Figure | 'cpu' | 'memory', Ratio>>;
  readonly ours: Figures;
  readonly peer: Figures;
  readonly judgements: readonly Judgement[];
}

/** @param judge whether the peer is the one that the targets are about */
export function summarise({ cell, ours, peer }: CellSamples, judge: boolean): CellSummary {
  const ratio = (figure: (sample: Sample) => number): Ratio => ratioOf(ours, peer, figure);
  const ratios = {
    rate: ratio(({ requestsPerSecond }) => requestsPerSecond),
    p50: ratio(({ p50Ms }) => p50Ms),
    p99: ratio(({ p99Ms }) => p99Ms),
    cpu: ratio(({ cpuPer1000 }) => cpuPer1000),
    memory: ratio(({ memory }) => memory.bytes),
  };
  const valid = [...ours, ...peer].every(({ errors }) => errors.size === 0);
  const judgements = judge && valid ? judgementsOf(cell, ratios) : [];
  return { ...cell, valid, ratios, ours: figuresOf(ours), peer: figuresOf(peer), judgements };
}

/** Who else was busy besides the servers. */
export interface Company {
  /** Most cores that the load generator took in any measurement. */
  readonly generatorCores: number;
  /** Cores that other programs took; median over all measurements. */
  readonly otherCores: number;
}

export function companyOf(cells: readonly CellSamples[]): Company {
  const samples = cells.flatMap(({ ours, peer }) => [...ours, ...peer]);
  return {
    generatorCores: Math.max(0, ...samples.map(({ generatorCores }) => generatorCores)),
    otherCores: samples.length > 0 ? median(samples.map(({ otherCores }) => otherCores)) : 0,
  };
}

function judgementsOf(cell: Cell, ratios: Readonly<Record<Figure, Ratio>>): Judgement[] {
  return targetsOf(cell).map(({ figure, floor, aim }) => {
    const ratio = ratios[figure];
    const reach = (bound: number): boolean => reaches(figure, ratio.median, bound);
    return { figure, ratio, floor, aim, reachesFloor: reach(floor), reachesAim: reach(aim) };
  });
}

function figuresOf(samples: readonly Sample[]): Figures {
  const middle = (figure: (sample: Sample) => number): number => median(samples.map(figure));
  const errors: Record<string, number> = {};
  for (const sample of samples) {
    for (const [error, count] of sample.errors) errors[error] = (errors[error] ?? 0) + count;
  }
  return {
    requestsPerSecond: middle(({ requestsPerSecond }) => requestsPerSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuPer1000: middle(({ cpuPer1000 }) => cpuPer1000),
    memoryBytes: middle(({ memory }) => memory.bytes),
    memoryKind: samples[0]?.memory.kind ?? '',
    errors,
  };
}
