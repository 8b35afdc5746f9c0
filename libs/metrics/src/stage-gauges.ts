import { Counter, Gauge, type Registry } from 'prom-client';

/** One stage at the moment of a scrape. */
export interface StageState {
  readonly stage: string;
  /** Replicas that there are to be. */
  readonly desiredReplicas: number;
  /** Replicas that take batches. */
  readonly readyReplicas: number;
  /** Items that no replica has. */
  readonly waiting: number;
  /** Items that replicas have. */
  readonly running: number;
  /** Milliseconds that an item which came now would wait; 0 while nothing is known. */
  readonly predictedWaitMs: number;
  /** Milliseconds that a full batch is reckoned to take; 0 while nothing is known. */
  readonly predictedBatchMs: number;
  readonly workers: readonly WorkerState[];
}

/** One place among the workers of a stage. */
export interface WorkerState {
  readonly workerId: number;
  /** When the worker that serves there became ready, in epoch milliseconds; undefined while none does. */
  readonly readyAt: number | undefined;
  /** Workers that were started there because another had ended. */
  readonly restarts: number;
  /** Workers that were started there to take over from one that was due. */
  readonly recycled: number;
}

/** Shows what stages are like when they are asked. */
export function registerStageGauges(registry: Registry, namespace: string, states: () => readonly StageState[]): void {
  const registers = [registry];
  const gauge = (suffix: string, help: string, value: (state: StageState) => number): void => {
    new Gauge({
      name: `${namespace}_${suffix}`,
      help,
      labelNames: ['stage'],
      registers,
      collect() {
        this.reset();
        for (const state of states()) this.set({ stage: state.stage }, value(state));
      },
    });
  };
  gauge('desired_replicas', 'replicas that a stage is to have', ({ desiredReplicas }) => desiredReplicas);
  gauge('ready_replicas', 'replicas of a stage that take batches', ({ readyReplicas }) => readyReplicas);
  gauge('queue_depth', 'items that wait for a worker', ({ waiting }) => waiting);
  gauge('in_flight', 'items that workers have', ({ running }) => running);
  const wait = 'time that an item which came now would have to wait, as admission reckons it';
  gauge('predicted_wait_seconds', wait, ({ predictedWaitMs }) => predictedWaitMs / 1000);
  const batch = 'time that a full batch takes, as admission reckons it from the last 10 seconds';
  gauge('predicted_batch_seconds', batch, ({ predictedBatchMs }) => predictedBatchMs / 1000);
  registerWorkers(registry, namespace, states);
}

function registerWorkers(registry: Registry, namespace: string, states: () => readonly StageState[]): void {
  const labelNames = ['stage', 'worker'] as const;
  const registers = [registry];
  const gauge = (suffix: string, help: string, value: (worker: WorkerState) => number | undefined): void => {
    new Gauge({
      name: `${namespace}_worker_${suffix}`,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const { stage, worker, state } of workersOf(states())) {
          const now = value(state);
          if (now !== undefined) this.set({ stage, worker }, now);
        }
      },
    });
  };
  gauge('up', 'whether a worker serves in this place', ({ readyAt }) => (readyAt === undefined ? 0 : 1));
  const since = 'when the worker that serves in this place became ready, in Unix time';
  gauge('start_time_seconds', since, ({ readyAt }) => readyAt && readyAt / 1000);
  new Counter({
    name: `${namespace}_worker_restarts_total`,
    help: 'workers that were started to replace one, by cause: it had ended, or it was recycled',
    labelNames: [...labelNames, 'cause'],
    registers,
    collect() {
      this.reset();
      for (const { stage, worker, state } of workersOf(states())) {
        this.inc({ stage, worker, cause: 'ended' }, state.restarts);
        this.inc({ stage, worker, cause: 'recycled' }, state.recycled);
      }
    },
  });
}

function workersOf(states: readonly StageState[]) {
  return states.flatMap(({ stage, workers }) =>
    workers.map((state) => ({ stage, worker: String(state.workerId), state })),
  );
}
