/** Least squares: by how much `values` grow per unit of `times`; 0 with fewer than two. */
export function slope(times: readonly number[], values: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [meanTime, meanValue] = [mean(times), mean(values)];
  let up = 0;
  let across = 0;
  for (const [i, time] of times.entries()) {
    up += (time - meanTime) * ((values[i] ?? 0) - meanValue);
    across += (time - meanTime) ** 2;
  }
  return across > 0 ? up / across : 0;
}
