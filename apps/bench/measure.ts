import { PIPELINES, type BenchOptions, type PipelineName } from './options.js';
import { runLoad, type Load, type Sample } from './load/run-load.js';

const LOADS: readonly Load[] = [
  { connections: 1, bodyBytes: 20 },
  { connections: 64, bodyBytes: 20 },
  { connections: 1, bodyBytes: 10 << 10 },
  { connections: 64, bodyBytes: 10 << 10 },
];

/** The samples of one pipeline under one load; those of the same index are of the same round. */
export interface CaseSamples {
  readonly scope: PipelineName;
  readonly load: Load;
  readonly samples: Sample[];
  readonly bare: Sample[];
}

/**
 * Measures every pipeline and the bare route in turn under the same load, round after round: what the machine does
 * besides falls on all of them. The first in turn changes from round to round. One unmeasured round comes before.
 */
export async function measure(
  port: number,
  options: BenchOptions,
  progress: (text: string) => void,
): Promise<CaseSamples[]> {
  const { rounds, seconds } = options;
  const scopes = PIPELINES.filter((name) => options.scopes.includes(name));
  if (scopes.length === 0) return [];
  const cases = LOADS.flatMap((load) => scopes.map((scope): CaseSamples => ({ scope, load, samples: [], bare: [] })));
  for (let round = 0; round <= rounds; round++) {
    for (const load of LOADS) {
      progress(`${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${describeLoad(load)}`);
      const sampled = new Map<string, Sample>();
      for (const path of rotate(['bare', ...scopes], round)) {
        sampled.set(path, await runLoad(port, `/${path}`, load, seconds));
      }
      if (round > 0) for (const entry of cases.filter((one) => one.load === load)) record(entry, sampled);
    }
  }
  return cases;
}

export function describeLoad({ connections, bodyBytes }: Load): string {
  const size = bodyBytes < 1024 ? `${bodyBytes} B` : `${bodyBytes / 1024} KB`;
  return `${connections} connection${connections === 1 ? '' : 's'}, ${size}`;
}

function record(entry: CaseSamples, sampled: ReadonlyMap<string, Sample>): void {
  entry.samples.push(sampled.get(entry.scope) as Sample);
  entry.bare.push(sampled.get('bare') as Sample);
}

function rotate<T>(list: readonly T[], by: number): T[] {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
