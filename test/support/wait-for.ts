import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** What is waited for, for the error. */
  readonly what?: string;
  /** @default 30000 */
  readonly timeoutMs?: number;
  /** Time between two looks. @default 20 */
  readonly everyMs?: number;
}

/**
 * Resolves with what `condition` gives as soon as that is neither undefined nor null nor false. A condition that
 * throws is not met yet.
 * @throws Error naming what did not happen in time, with the last error of the condition as its cause
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what = condition.toString(), timeoutMs = 30_000, everyMs = 20 }: WaitOptions = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const until = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<T, false>>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > until) throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`, { cause });
    await delay(everyMs);
  }
}
