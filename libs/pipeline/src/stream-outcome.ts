import type { MosecError } from '#libs/contracts';
import type { StreamOutcome } from './stream-observer.js';

/** @param error what the stream ended with, if it failed */
export function streamOutcome(error: MosecError | undefined): StreamOutcome {
  if (!error) return 'completed';
  if (error.code === 'CANCELLED') return 'cancelled';
  if (error.code === 'SLOW_CLIENT') return 'slow_client';
  return error.code === 'TIMEOUT' ? 'timeout' : 'error';
}
