import type { Streamed } from '#libs/contracts';
import type { StreamItemCall } from './stream-item-call.js';

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof (value as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator] === 'function';
}

/**
 * Sends what a generator yields, each when the client has room for it, and ends the generator with `return()` when
 * nobody waits any more.
 * @returns what the generator returned
 */
export async function drainEvents(events: AsyncIterable<unknown>, call: StreamItemCall): Promise<unknown> {
  const iterator = events[Symbol.asyncIterator]();
  const cancelled = new Promise<void>((resolve) => {
    if (call.signal.aborted) resolve();
    else call.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // Asked at once: one that waits for something else may react to it, a generator takes it at its next `yield`.
  const ended = cancelled.then(() => iterator.return?.());
  // Heard below, where it matters.
  ended.catch(() => undefined);
  try {
    while (!call.cancelled) {
      const step = await iterator.next();
      if (step.done) return step.value;
      if (!call.cancelled) await call.sendEvent(step.value as Streamed);
    }
  } catch (error) {
    if (call.cancelled) return undefined;
    await iterator.return?.();
    throw error;
  }
  await ended;
  return undefined;
}
