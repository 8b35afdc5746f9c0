import type { StageObserver } from '#libs/contracts';

/** One observer for all; most applications have nobody but the metrics, which are then asked directly. */
export function tellAll(observers: readonly [StageObserver, ...StageObserver[]]): StageObserver {
  if (observers.length === 1) return observers[0];
  return {
    batchSent(...batch) {
      for (const observer of observers) observer.batchSent(...batch);
    },
    batchDone(...batch) {
      for (const observer of observers) observer.batchDone(...batch);
    },
  };
}

/** mosec shows no batch sizes of stages without batching. */
export function withoutBatches(metrics: StageObserver): StageObserver {
  return { batchSent: () => undefined, batchDone: metrics.batchDone.bind(metrics) };
}
