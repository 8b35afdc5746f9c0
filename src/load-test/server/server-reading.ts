/** What the server's metrics say of one stage between two moments. */
export interface StageReading {
  readonly stage: string;
  readonly replicas: number;
  /** Batches, or single items, that went to workers. */
  readonly batches: number;
  readonly items: number;
  readonly meanBatch: number;
  /** Undefined for a stage without batches. */
  readonly maxBatchSize: number | undefined;
  /** Mean items per batch as a part of `maxBatchSize`. Undefined for a stage without batches. */
  readonly fill: number | undefined;
  /** How many batches left for which reason. */
  readonly releases: Readonly<Record<string, number>>;
  /** Mean time for which batches were held for companions. */
  readonly holdMeanMs: number;
  readonly queueMeanMs: number;
  readonly queueP90Ms: number;
  /** Mean time of a batch in a worker. */
  readonly serviceMeanMs: number;
  /** Part of the time in which a replica had a batch, on average. */
  readonly busy: number;
  readonly shed: number;
  readonly expired: number;
  readonly cancelled: number;
  readonly retried: number;
  readonly restarts: number;
}

export interface ServerReading {
  readonly seconds: number;
  /** Cores that the server and its workers used. Undefined if it does not tell. */
  readonly cpuCores: number | undefined;
  readonly stages: readonly StageReading[];
}
