import type { Parameters } from '../parameters.js';

/** A stage; a batch of n takes `baseMs + itemMs × n` of a replica. */
export interface StageSpec {
  readonly baseMs: number;
  readonly itemMs: number;
  readonly maxBatchSize: number;
  /** Whether it runs beside the gateway, not on worker hosts. */
  readonly isLocal: boolean;
}

/** Clients of which each sends again at its answer, or requests at random. */
export type Load = { readonly clients: number } | { readonly perSecond: number };

export interface Scenario {
  readonly hosts: number;
  readonly gateways: number;
  /** Redis servers. */
  readonly shards: number;
  /**
   * `cell`: each Redis has its own gateways and hosts. `stage`: the queues of the stages are spread over the Redis servers,
   * which all gateways and hosts use.
   */
  readonly shardBy: 'cell' | 'stage';
  readonly stages: readonly StageSpec[];
  /** Of each stage on each host, and of each local stage beside each gateway. */
  readonly replicas: number;
  readonly maxWaitMs: number;
  /** Of a request and of the results of stages. */
  readonly requestKib: number;
  readonly resultKib: number;
  /** There and back between a process and Redis. */
  readonly rttMs: number;
  /** How long a host may be silent until its items are run elsewhere. */
  readonly stalledMs: number;
  readonly seed: number;
  readonly parameters: Parameters;
}

/** Jobs that a host takes from a queue: what its replicas run, and as many again to make the next batches of. */
export function prefetch({ maxBatchSize }: StageSpec, replicas: number): number {
  return 2 * maxBatchSize * replicas;
}

export const serviceMs = ({ baseMs, itemMs }: StageSpec, items: number): number => baseMs + itemMs * items;
