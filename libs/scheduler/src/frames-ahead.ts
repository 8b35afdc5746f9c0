const WORK_AHEAD_MS = 1;
const MOST_FRAMES = 8;
const LONGEST_SERVICE_MS = 20;

/**
 * How many full batches may be sent to a replica that still computes: about 1 ms of work, at most 8 frames, at least
 * one up to 20 ms, and none above, where a batch frozen early costs more than the saved hand-over.
 * @param serviceMs Recent time per batch in milliseconds; 0 while unknown, and then nothing is sent ahead.
 */
export function framesAheadLimit(serviceMs: number): number {
  if (!(serviceMs > 0) || serviceMs > LONGEST_SERVICE_MS) return 0;
  return Math.max(1, Math.min(MOST_FRAMES, Math.floor(WORK_AHEAD_MS / serviceMs)));
}
