const origin = performance.timeOrigin;

/** Epoch milliseconds that never go backwards: the clock of every deadline. */
export function monotonicNow(): number {
  return origin + performance.now();
}
