/** A round step that gives about so many ticks. */
function roundStep(range: number, ticks: number): number {
  const rough = range / ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
}

/** Round values from 0 to at least `max`. */
export function roundTicks(max: number, ticks = 5): number[] {
  if (max <= 0) return [0, 1];
  const step = roundStep(max, ticks);
  const count = Math.ceil(max / step - Number.EPSILON);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Where a percentile lies on an axis on which each further nine takes as much room as the one before. */
export const ninesOf = (percentile: number): number => -Math.log10(1 - percentile / 100);
