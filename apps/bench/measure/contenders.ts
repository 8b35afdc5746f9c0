import type { LoadTarget } from '../load/run-load.js';

/** The two that are compared, ready for load. */
export interface Contenders {
  readonly ours: LoadTarget;
  readonly peer: LoadTarget;
  stop(): Promise<void>;
}

/** Starts them with one pipeline alone. */
export type StartContenders = (pipeline: string) => Promise<Contenders>;
