import { Counter, type Registry } from 'prom-client';
import type { StageMetrics } from './stage-metrics.js';

/** Shows what the stages have counted. */
export function registerStageCounters(registry: Registry, namespace: string, stages: readonly StageMetrics[]): void {
  const registers = [registry];
  const count = (suffix: string, help: string, amount: (stage: StageMetrics) => number): void => {
    new Counter({
      name: `${namespace}_${suffix}`,
      help,
      labelNames: ['stage'],
      registers,
      collect() {
        this.reset();
        for (const stage of stages) this.inc({ stage: stage.stage }, amount(stage));
      },
    });
  };
  count('cancelled_total', 'requests whose client went away while they were at a stage', ({ cancelled }) => cancelled);
  count('expired_total', 'requests that were answered 408 while they were at a stage', ({ expired }) => expired);
  count('retried_total', 'items that ran again as their worker had died', ({ rerun }) => rerun);
  const foreseen = 'time that was foreseen for batches; process_duration_second has what they took';
  count('predicted_duration_seconds_total', foreseen, ({ predictedMs }) => predictedMs / 1000);
  countBy(
    registry,
    `${namespace}_shed_total`,
    'requests refused at the door because of the queue of a stage',
    'code',
    () => stages.map(({ stage, refused }) => ({ stage, counts: [...refused] })),
  );
  countBy(registry, `${namespace}_batch_released_total`, 'batches by the reason for which they left', 'reason', () =>
    stages
      .filter(({ isBatched }) => isBatched)
      .map(({ stage, released }) => ({ stage, counts: Object.entries(released) })),
  );
}

interface Counts {
  readonly stage: string;
  readonly counts: readonly (readonly [string, number])[];
}

function countBy(registry: Registry, name: string, help: string, label: string, counts: () => readonly Counts[]): void {
  new Counter({
    name,
    help,
    labelNames: ['stage', label],
    registers: [registry],
    collect() {
      this.reset();
      for (const { stage, counts: byLabel } of counts())
        for (const [value, count] of byLabel) this.inc({ stage, [label]: value }, count);
    },
  });
}
