/** Time in milliseconds, and calls at a later time. */
export interface Clock {
  now(): number;
  /** @returns takes the call back */
  later(callback: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  later: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
