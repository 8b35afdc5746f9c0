import type { MetricAggregator, MetricFamily, MetricLabels, MetricSample } from '#libs/contracts';
import { labelKey } from './series-key.js';

const REDUCE: Record<Exclude<MetricAggregator, 'omit'>, (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  first: ([value]) => value as number,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
};

/** A family with these labels added; labels that it has itself stay. */
export function labelled(family: MetricFamily, labels: MetricLabels): MetricFamily {
  return {
    ...family,
    samples: family.samples.map((sample) => ({ ...sample, labels: { ...labels, ...sample.labels } })),
  };
}

/** The families by name, in the order in which the names come up. */
export function byName(families: readonly MetricFamily[]): MetricFamily[][] {
  const groups = new Map<string, MetricFamily[]>();
  for (const family of families) {
    const group = groups.get(family.name);
    if (group) group.push(family);
    else groups.set(family.name, [family]);
  }
  return [...groups.values()];
}

/**
 * One family of those of one name: samples with the same labels become one.
 * @param how as the metric itself says, if absent
 * @returns undefined where the metric is not to be shown
 */
export function aggregate(
  families: readonly MetricFamily[],
  how: MetricAggregator | undefined = families[0]?.aggregator,
): MetricFamily | undefined {
  const [first] = families;
  if (!first || !how || how === 'omit') return undefined;
  const reduce = REDUCE[how];
  const groups = new Map<string, MetricSample[]>();
  for (const { samples, type } of families) {
    if (type !== first.type) continue;
    for (const sample of samples) {
      const key = sample.suffix + labelKey(sample.labels);
      const group = groups.get(key);
      if (group) group.push(sample);
      else groups.set(key, [sample]);
    }
  }
  const samples = [...groups.values()].map((group) => ({
    ...(group[0] as MetricSample),
    value: reduce(group.map(({ value }) => value)),
    exemplar: group.find(({ exemplar }) => exemplar)?.exemplar,
  }));
  return { ...first, samples };
}
