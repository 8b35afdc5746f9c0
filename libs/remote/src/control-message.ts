/** What a gateway tells the hosts of a stage; each host heeds what concerns its own items. */
export interface StageControl {
  /** Ids of items that nobody waits for any more. */
  readonly cancel?: readonly string[];
  /** Ids of streaming items, and bytes of their events that were read. */
  readonly credit?: readonly (readonly [id: string, bytes: number])[];
}

/** What a host says of itself, about once a second. */
export interface HostNotice {
  readonly host: string;
  /** By the names of their queues. Absent of a host that leaves. */
  readonly stages?: Readonly<Record<string, HostStage>>;
}

/** One stage on one host. */
export interface HostStage {
  /** Its name. */
  readonly stage: string;
  /** Batches that its ready replicas run at the same time. */
  readonly slots: number;
  readonly maxBatchSize: number;
  /** Milliseconds that a full batch is reckoned to take; 0 while unknown. */
  readonly batchMs: number;
}

/** A message as JSON; undefined when it is none: anybody may write to a channel. */
export function readMessage<T extends object>(text: string): T | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? (message as T) : undefined;
  } catch {
    return undefined;
  }
}
