import type { MetricFamily } from '#libs/contracts';
import { labelKey } from './series-key.js';

/** What could not be shown, as another metric has the name. */
export type OnClash = (name: string) => void;

/**
 * Puts families from several places on one page: of one name there is one family, and a series is there once. What was
 * there first stays.
 * @param written name under which a family is written
 * @param onClash told the name of a family that is left out
 */
export function joinFamilies(
  families: readonly MetricFamily[],
  written: (family: MetricFamily) => string,
  onClash: OnClash,
): MetricFamily[] {
  const pages = new Map<string, MetricFamily[]>();
  for (const family of families) {
    const name = written(family);
    const others = pages.get(name);
    if (!others) pages.set(name, [family]);
    else if (others[0]?.name === family.name && others[0].type === family.type) others.push(family);
    else onClash(family.name);
  }
  return [...pages.values()].map((same) => (same.length === 1 ? (same[0] as MetricFamily) : join(same)));
}

function join(families: readonly MetricFamily[]): MetricFamily {
  const seen = new Set<string>();
  const samples = families.flatMap((family) =>
    family.samples.filter(({ suffix, labels }) => {
      const key = suffix + labelKey(labels);
      return seen.has(key) ? false : seen.add(key);
    }),
  );
  return { ...(families[0] as MetricFamily), samples };
}
