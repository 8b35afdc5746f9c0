/** Decides how long a partial batch waits for companions while a replica is idle. Every time is in milliseconds. */
export interface HoldPolicy {
  /** How long a batch is held at present. */
  readonly holdMs: number;
  /** An item arrived and made `population` items that wait or run. */
  arrived(now: number, population: number): void;
  /** The size at which a batch leaves without further waiting; 1 means that holding cannot pay. */
  target(now: number, readyReplicas: number): number;
  /** A batch that had been held left at its target size. */
  reached(): void;
  /** A batch was held to the end and left below its target size. */
  missed(): void;
}
