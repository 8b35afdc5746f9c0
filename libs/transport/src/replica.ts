import type { Held, LogFields, LogLevel, MetricsReport, SharedBytes, WorkItem } from '#libs/contracts';

/** One running copy of a stage, wherever it runs. */
export interface Replica {
  readonly workerId: number;
  /** The process in which it runs; undefined if it could not be started. */
  readonly pid: number | undefined;
  /** The thread of that process, where it has one of its own. */
  readonly threadId?: number | undefined;
  /** Hands over a batch; its results come to the listener under the same id. */
  send(batch: number, items: readonly WorkItem[]): void;
  /** Nobody waits for these indexes of a batch any more. */
  cancel(batch: number, indexes: readonly number[]): void;
  /** So many bytes of the events of an item were read: as many more may come. */
  credit(batch: number, index: number, bytes: number): void;
  /** Asks for its metrics; they come to the listener when it gets to it. */
  scrape(): void;
  /** From now on it is to log from this level on. Absent where its lines are all taken, and sorted out here. */
  setLogLevel?(level: LogLevel): void;
  /** Asks to finish what was sent and to end. */
  stop(): void;
  /** Ends it now, whatever it does. */
  kill(): void;
}

/** What a replica says when it is ready: how long that took, in milliseconds, and its example items if asked for. */
export interface ReadyDetails {
  readonly loadMs: number;
  readonly warmUpMs: number;
  /** Hand-over payloads in base64. */
  readonly examples?: readonly string[];
}

/** What one replica reports. `ended` comes once and last: no result arrives after it. */
export interface ReplicaListener {
  ready(details: ReadyDetails): void;
  begun(batch: number, indexes: readonly number[] | undefined): void;
  /** More of an item's stream: so many events, in the format that the item asks for. */
  streamed(batch: number, index: number, count: number, payload: Uint8Array): void;
  /**
   * @param shared set when the payload lies in shared memory; held during the call alone
   * @param stored set when the payload is the handle of a value in a store; held during the call alone
   */
  settled(batch: number, index: number, ok: boolean, payload: Uint8Array, shared?: SharedBytes, stored?: Held): void;
  finished(batch: number): void;
  /** Resident memory of its process in bytes; from time to time, where it was asked for. */
  usage(rssBytes: number): void;
  /** Its metrics, as it was asked for them, or as its last word. */
  metrics(report: MetricsReport): void;
  log(level: LogLevel, message: string, fields?: LogFields): void;
  ended(reason: string): void;
}

/** Starts one replica. Everything it has to say goes to the listener, also its failure to start. */
export type LaunchReplica = (workerId: number, listener: ReplicaListener) => Replica;
