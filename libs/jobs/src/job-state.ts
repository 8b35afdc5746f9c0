/**
 * Where a job is: it waits, it runs, or it has ended in one of three ways.
 * @publicApi
 */
export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

const ENDED: ReadonlySet<string> = new Set<JobState>(['succeeded', 'failed', 'cancelled']);

/** Whether nothing will change any more. */
export function hasEnded(state: string): boolean {
  return ENDED.has(state);
}

/** Whether it has ended with an answer. */
export function hasAnswer(state: string): boolean {
  return hasEnded(state) && state !== ('cancelled' satisfies JobState);
}
