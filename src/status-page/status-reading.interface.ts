import type { RouteTotals, StageTotals } from '#libs/metrics';
import type { PoolDescription } from '../control/pool-description.interface.js';

/** A pipeline, as the page draws it. */
export interface PipelineSketch {
  readonly name: string;
  /** Paths of its routes; none where it is only called from within. */
  readonly paths: readonly string[];
  readonly stages: readonly string[];
}

/** The server at one moment. */
export interface StatusReading {
  /** Milliseconds, on a clock that never goes backwards. */
  readonly at: number;
  readonly unreadyReason?: string | undefined;
  readonly pipelines: readonly PipelineSketch[];
  readonly pools: readonly PoolDescription[];
  /** What was done since the start. */
  readonly totals: { readonly stages: readonly StageTotals[]; readonly routes: readonly RouteTotals[] };
}
