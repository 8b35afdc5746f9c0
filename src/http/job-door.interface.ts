import type { FastifyRequest } from 'fastify';

/** A request that has been read and is to be answered later. */
export interface DeferredWork {
  readonly payload: Uint8Array;
  readonly inputFormat: number;
  readonly outputFormat: number;
  /** Media type of the answer. */
  readonly mediaType: string;
  /** JSON text of its `CallContext`. */
  readonly context: string;
  /** Path of the route as declared. */
  readonly route: string;
}

/** A request that has become a job. */
export interface AcceptedJob {
  /** Where its state is to be had. */
  readonly location: string;
  /** Body of the answer. */
  readonly description: object;
}

/** Where requests go that are to be answered later. */
export interface JobDoor {
  /** Whether every request of the route does. */
  readonly takesAll: boolean;
  /** @throws MosecError when it cannot be accepted */
  accept(request: FastifyRequest, work: DeferredWork): Promise<AcceptedJob>;
}
