import type { ReleaseReason } from './wait-policy.js';

/** Told by a stage's pool what happens; implemented by the metrics. Every duration is in milliseconds. */
export interface StageObserver {
  batchSent(stage: string, workerId: number, size: number, collectMs: number, reason: ReleaseReason): void;
  batchDone(stage: string, workerId: number, durationMs: number, size: number): void;
}
