import type { MetricFamily, MetricSample, MetricsReport } from '#libs/contracts';

/**
 * At most so many series, the first ones of the first metrics. Registries list label sets in the order in which they came
 * up, so what is shown goes on being shown.
 */
export function limitSeries(families: readonly MetricFamily[], maxSeries: number): MetricsReport {
  let left = maxSeries;
  let dropped = 0;
  let droppedFrom = '';
  const kept = families.map((family): MetricFamily => {
    const count = whole(family, left);
    const missing = family.samples.length - count;
    left -= count;
    dropped += missing;
    if (missing > 0) droppedFrom ||= family.name;
    return missing > 0 ? { ...family, samples: family.samples.slice(0, count) } : family;
  });
  return { families: kept, dropped, droppedFrom };
}

/** How many of the samples fit, where a label set of a histogram or summary is kept whole or not at all. */
function whole({ type, samples }: MetricFamily, room: number): number {
  if (samples.length <= room) return samples.length;
  if (type === 'counter' || type === 'gauge') return room;
  return samples.slice(0, room).findLastIndex(endsLabelSet) + 1;
}

function endsLabelSet({ suffix }: MetricSample): boolean {
  return suffix === '_count';
}
