/** Shares of time, the busiest of each kind. */
export interface Utilisation {
  readonly redis: number;
  readonly network: number;
  readonly gateway: number;
  /** The process of a host, beside its replicas. */
  readonly host: number;
  /** Mean over all replicas of the stage that is busiest. */
  readonly replica: number;
}

export interface Result {
  readonly answers: number;
  /** Answers per second. */
  readonly throughput: number;
  /** From the request at its gateway to its answer, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly mean: number;
  /** Mean number of items in a batch of the stage that is busiest. */
  readonly batch: number;
  readonly utilisation: Utilisation;
  /** Processor time in microseconds for an answer, of all of a kind together. */
  readonly redisUs: number;
  readonly gatewayUs: number;
  readonly hostUs: number;
  /** Mean number of requests without an answer. */
  readonly open: number;
  readonly loss: Loss;
}

/** What the loss of hosts did to those whose items they had. */
export interface Loss {
  /** Requests that the lost hosts had. */
  readonly held: number;
  /** Items that were run again. */
  readonly requeued: number;
  /** Latency of these requests in milliseconds. */
  readonly p50: number;
  readonly longest: number;
}
