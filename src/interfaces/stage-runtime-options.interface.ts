import type { WaitPolicy } from '#libs/contracts';
import type { AutoscaleOptions } from './autoscale-options.interface.js';

/**
 * Where the replicas of a stage run:
 * - `process`: each in a worker process of its own, which can always be killed.
 * - `thread`: each in a thread of the gateway process: starts faster and takes less memory, and whatever ends a process
 *   (native code that crashes, or is interrupted) ends the server. For JavaScript, not for native inference.
 * - `inline`: in the gateway's own thread, which suits light work and tests, and blocks every request while it computes.
 * @publicApi
 */
export type StageExecution = 'process' | 'thread' | 'inline';

/**
 * Which machines run a stage:
 * - `local`: the one that takes the requests.
 * - `remote`: worker hosts, which take its items from a queue in Redis (`remote` of `MosecModule.forRoot`).
 * @publicApi
 */
export type StagePlacement = 'local' | 'remote';

/** When a worker is replaced by a fresh one; limits that are left out do not count. @publicApi */
export interface RecycleOptions {
  /** Items that a worker answers at most. */
  readonly maxRequests?: number;
  /** Resident memory of a worker process in bytes, looked at once a second; only with `execution: 'process'`. */
  readonly maxRssBytes?: number;
  /** Milliseconds that a worker serves at most. */
  readonly maxAgeMs?: number;
}

/** How a stage runs: plain data, which `stageRuntime` may set apart for one pool. @publicApi */
export interface StageRuntimeOptions {
  /**
   * Number of workers, each with its own instance of the stage; with `autoscale`, their number at the start.
   * @default 1, or `autoscale.min`
   */
  readonly replicas?: number;
  /**
   * Adds workers while items wait too long in the queue, and lets workers go after a long quiet time. Not for inline stages.
   * @default none: `replicas` stay as they are
   */
  readonly autoscale?: AutoscaleOptions;
  /**
   * Largest number of items handed to `forwardBatch` at once; more than 1 needs a `forwardBatch`.
   * @default 1
   */
  readonly maxBatchSize?: number;
  /**
   * Longest time in milliseconds that a partial batch is held for companions; 0 never holds.
   * @default the server's `--wait`, 10
   */
  readonly maxWaitMs?: number;
  /**
   * When a held batch leaves: `adaptive` as soon as holding cannot pay, `fixed` always after `maxWaitMs`.
   * @default 'adaptive'
   */
  readonly waitPolicy?: WaitPolicy;
  /**
   * Calls that one worker runs at the same time, each with a batch of its own, for stages with `@SseStage` that mostly
   * wait, e.g. for a service behind HTTP. New streams join while others run.
   * @default 1
   */
  readonly maxConcurrency?: number;
  /**
   * Limit in milliseconds of one call of `forward` or `forwardBatch`; past it, its items are answered 408.
   * @default none
   */
  readonly timeoutMs?: number;
  /**
   * Environment variables added to each worker's own, one map per replica in order of the worker id, and as many more as
   * the stage may be scaled to, e.g.
   * `[{ CUDA_VISIBLE_DEVICES: '0' }, { CUDA_VISIBLE_DEVICES: '1' }]`. Native code in a thread does not see them.
   * @default none
   */
  readonly env?: readonly Readonly<Record<string, string>>[];
  /**
   * Where its replicas run: in processes, in threads of the gateway process, or in the gateway's own thread.
   * @default 'process'
   */
  readonly execution?: StageExecution;
  /**
   * Which machines run it. In a dry run, and in tests that run stages inline, it is always this one.
   * @default 'local', or 'remote' for a stage that `remote.stages` of `MosecModule.forRoot` names
   */
  readonly placement?: StagePlacement;
  /**
   * With `placement: 'remote'`: runs `replicas` here too, which come first; once each of them has a batch and another one
   * waits, what comes goes to the worker hosts.
   * @default false
   */
  readonly spill?: boolean;
  /**
   * Runs an item once more, alone, when its worker died while computing it. Set false for side effects.
   * @default true
   */
  readonly retryOnCrash?: boolean;
  /**
   * Longest predicted time in milliseconds in this stage's queue; an item that would wait longer is refused with 429.
   * @default none
   */
  readonly maxQueueWaitMs?: number;
  /**
   * Replaces a worker that has served enough, e.g. because its native library leaks memory. Its successor is loaded
   * and warmed up first; no request notices.
   * @default never
   */
  readonly recycle?: RecycleOptions;
  /**
   * Names of request headers passed on in `StageCall.headers`, in any case.
   * @default none
   */
  readonly passHeaders?: readonly string[];
}
