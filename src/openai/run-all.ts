import { setMaxListeners } from 'node:events';

/**
 * Runs `items` one after the other, as many at a time as `width`. The first that fails ends the others and is the outcome.
 * @param run its signal aborts when its outcome is not needed any more
 * @returns the results in the order of the items
 */
export async function runAll<T, R>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  run: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const others = new AbortController();
  const pending = items.entries();
  const runs = AbortSignal.any([signal, others.signal]);
  // Each run listens to it.
  setMaxListeners(0, runs);
  const work = async (): Promise<void> => {
    for (const [index, item] of pending) {
      if (others.signal.aborted) return;
      results[index] = await run(item, runs);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
    return results;
  } catch (error) {
    others.abort(error);
    throw error;
  }
}
