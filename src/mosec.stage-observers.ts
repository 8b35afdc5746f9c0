import type { BatchObserver, StageObserver } from '#libs/contracts';

/** Asked once for each stage; what it gives is told of the batches there. */
export type StageWatcher = (stage: string) => BatchObserver;

/** One observer for all; most applications have nobody but the metrics, which are then asked directly. */
export function tellAll(metrics: StageObserver, others: readonly BatchObserver[]): StageObserver {
  if (others.length === 0) return metrics;
  const observers = [metrics, ...others];
  return {
    batchSent(batch) {
      for (const observer of observers) observer.batchSent(batch);
    },
    batchDone(...batch) {
      for (const observer of observers) observer.batchDone(...batch);
    },
    retried: (items) => metrics.retried(items),
    shed: (code) => metrics.shed(code),
  };
}
