/** How a stream came to its end. */
export type StreamOutcome = 'completed' | 'error' | 'cancelled' | 'timeout' | 'slow_client';

/** Told what happens to the streams of a pipeline. Every duration is in milliseconds, from the submission on. */
export interface StreamObserver {
  opened(firstEventMs: number): void;
  streamed(events: number): void;
  closed(outcome: StreamOutcome, durationMs: number): void;
}
