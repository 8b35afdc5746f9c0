import { type ServerReading } from '../server/server-reading.js';

/** What a suggestion is about. */
export type SuggestionKind =
  | 'client-limited'
  | 'no-metrics'
  | 'more-replicas'
  | 'more-cores'
  | 'larger-batch'
  | 'shorter-wait'
  | 'tight-deadline'
  | 'refused'
  | 'expired'
  | 'restarts'
  | 'fewer-replicas'
  | 'service-time'
  | 'fine';

export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly stage?: string;
  /** What is the case, and what to do about it. */
  readonly text: string;
}

/** How long batches of a stage take by their size, fitted to what was seen. */
export interface BatchCost {
  /** Time of a batch that does not depend on its size. */
  readonly fixedMs: number;
  readonly perItemMs: number;
}

/** What suggestions are drawn from. */
export interface Evidence {
  readonly loop: 'open' | 'closed';
  readonly connections: number;
  readonly requests: number;
  readonly sloMs: number | undefined;
  readonly attainment: number | undefined;
  readonly generator: {
    /** Part of the time in which its event loop was busy, 0 to 1. */
    readonly utilisation: number;
    readonly cpuCores: number;
    /** Cores of its machine that nobody used. */
    readonly idleCores: number;
    /** By how much it was late itself. */
    readonly lagP99Ms: number;
    /** Requests that had to wait for a connection until they timed out. */
    readonly unsent: number;
  };
  /** Undefined if they could not be read. */
  readonly server: ServerReading | undefined;
  /** Cores of the server's machine, if it is this one. */
  readonly cores: number | undefined;
  /** By stage, where batches of different sizes were seen. */
  readonly batchCosts: ReadonlyMap<string, BatchCost>;
  /** Answers by status. */
  readonly byStatus: ReadonlyMap<number, number>;
}
