import type { MetricLabels } from '#libs/contracts';

/** Identity of a label set, whatever the order of its labels. */
export function labelKey(labels: MetricLabels): string {
  const pairs = Object.entries(labels);
  return pairs.length < 2 ? JSON.stringify(pairs) : JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
