/** A remote stage as a gateway sees it. */
export interface RemoteUsage {
  readonly stage: string;
  /** Hosts with a ready replica. */
  readonly hosts: number;
  /** Batches that these run at the same time. */
  readonly slots: number;
  /** Items of all gateways that no host has taken yet, as of the last second. */
  readonly queued: number;
  /** Items of this gateway without an outcome. */
  readonly open: number;
  /** Items so far. */
  readonly sent: number;
  /** Those of them that were sent once more, as Redis had lost them. */
  readonly resent: number;
}
