import { loseHosts } from '../model/loss.js';
import { scenarioOf } from '../model/plan.js';
import { study } from '../model/study.js';
import type { SimulationOptions } from '../options.js';
import { lossTable, scalingTable } from './report.js';

export interface Answer {
  readonly text: string;
  readonly result: unknown;
}

/** What was asked for, simulated. The same options have the same answer. */
export function answer(options: SimulationOptions): Answer {
  const { hosts: all, load, loseHosts: lost } = options;
  if (lost === 0) {
    const studies = all.map((hosts) => study(scenarioOf(options, hosts), load));
    return { text: scalingTable(studies), result: studies };
  }
  const losses = all.map((hosts) => ({ hosts, result: loseHosts(scenarioOf(options, hosts), load, lost) }));
  return { text: lossTable(losses), result: losses };
}
