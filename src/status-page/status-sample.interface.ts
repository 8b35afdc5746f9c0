import type { PoolDescription } from '../control/pool-description.interface.js';
import type { StatusReading } from './status-reading.interface.js';

/** A stage, and what it did in the last seconds; null where it did nothing, or nobody looked before. */
export interface StageSample extends PoolDescription {
  readonly itemsPerSecond: number | null;
  /** Milliseconds that an item waited on average. */
  readonly waitMs: number | null;
  /** Milliseconds that a batch took on average. */
  readonly computeMs: number | null;
  /** Mean size of a batch as a part of `maxBatchSize`. */
  readonly fill: number | null;
}

/** What the clients of an endpoint got, in all and in the last seconds. */
export interface RouteSample {
  readonly endpoint: string;
  readonly answers: number;
  /** Those with a status from 400. */
  readonly failures: number;
  readonly perSecond: number | null;
  readonly failedPerSecond: number | null;
  readonly meanMs: number | null;
}

/** What the status page is told, as JSON. */
export interface StatusSample extends Pick<StatusReading, 'unreadyReason' | 'pipelines'> {
  readonly stages: readonly StageSample[];
  readonly routes: readonly RouteSample[];
}
