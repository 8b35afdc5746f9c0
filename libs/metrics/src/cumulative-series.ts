import type { MetricFamily, MetricSample } from '#libs/contracts';
import { RunningTotal } from './running-total.js';
import { labelKey } from './series-key.js';

/** One label set: one value of a counter, all lines of a histogram. */
type LabelSet = Map<string, RunningTotal>;

interface Cumulative {
  family: MetricFamily;
  readonly sets: Map<string, LabelSet>;
}

/**
 * Counters and histograms of the workers in one place. They go on where the worker before ended, and where code of the
 * worker sets them back: the page never shows one that falls.
 */
export class CumulativeSeries {
  private readonly byName = new Map<string, Cumulative>();
  private room: number;

  /** @param maxSeries most series that are kept; later ones are not shown */
  constructor(maxSeries: number) {
    this.room = maxSeries;
  }

  /** Everything that the worker counts now. */
  report(families: readonly MetricFamily[]): void {
    const seen = new Set<LabelSet>();
    for (const family of families) {
      const known = this.byName.get(family.name) ?? { family, sets: new Map<string, LabelSet>() };
      known.family = family;
      this.byName.set(family.name, known);
      for (const [key, samples] of labelSets(family)) {
        const set = known.sets.get(key) ?? this.add(known, key, samples);
        if (!set) continue;
        seen.add(set);
        for (const sample of samples) set.get(lineKey(sample))?.report(sample);
      }
    }
    for (const { sets } of this.byName.values()) for (const set of sets.values()) if (!seen.has(set)) endAll(set);
  }

  /** The worker has ended. */
  end(): void {
    this.report([]);
  }

  /** What is to be shown. */
  get families(): readonly MetricFamily[] {
    return [...this.byName.values()].map(({ family, sets }) => ({
      ...family,
      samples: [...sets.values()].flatMap((set) => [...set.values()].map(({ shown }) => shown)),
    }));
  }

  private add({ sets }: Cumulative, key: string, samples: readonly MetricSample[]): LabelSet | undefined {
    if (samples.length > this.room) return undefined;
    this.room -= samples.length;
    const set: LabelSet = new Map(
      samples.map((sample) => [lineKey(sample), new RunningTotal({ ...sample, value: 0 })]),
    );
    sets.set(key, set);
    return set;
  }
}

function endAll(set: LabelSet): void {
  for (const total of set.values()) total.end();
}

/** The samples by label set, that of a histogram without its bound. */
function labelSets({ samples }: MetricFamily): Map<string, MetricSample[]> {
  const sets = new Map<string, MetricSample[]>();
  for (const sample of samples) {
    const { suffix, labels } = sample;
    const { le, ...own } = labels;
    const key = labelKey(suffix === '_bucket' && le !== undefined ? own : labels);
    const set = sets.get(key);
    if (set) set.push(sample);
    else sets.set(key, [sample]);
  }
  return sets;
}

function lineKey({ suffix, labels }: MetricSample): string {
  return suffix === '_bucket' ? `${suffix} ${labels['le'] ?? ''}` : suffix;
}
