import { OverloadedError } from '#libs/contracts';
import { ACCEPT, BEGIN, CANCEL, FINISH, FORGET, PROGRESS, REQUEUE, TOLD } from './job-scripts.js';
import type { JobKeys } from './job-keys.js';
import { fieldsOf, readRecord, type JobFailure, type JobOrder, type JobRecord } from './job-record.js';
import type { JobState } from './job-state.js';
import { JobRefusal } from './job-refusal.js';
import type { Client } from './peers.js';

/** A job as it ends. The bytes are its answer, of a failure too. */
export interface JobEnd {
  readonly state: 'succeeded' | 'failed';
  readonly statusCode: number;
  readonly contentType: string;
  readonly payload: Uint8Array;
  readonly failure?: JobFailure | undefined;
}

/** By which a client says that two requests are one. */
export interface Idempotency {
  readonly key: string;
  /** Of everything that makes the request what it is. */
  readonly fingerprint: string;
}

export interface NewJob {
  readonly id: string;
  readonly order: JobOrder;
  /** In epoch milliseconds. */
  readonly createdAt: number;
  readonly body: Uint8Array;
  readonly idempotency?: Idempotency | undefined;
  /** Redis key of the list that the job is going to wait in. */
  readonly waiting: string;
}

export interface JobStoreOptions {
  readonly maxPending: number;
  /** How long a job is kept that nobody finishes. */
  readonly maxAgeMs: number;
  readonly resultTtlMs: number;
  readonly now: () => number;
}

/** How soon a client may come again when too many jobs wait: the queue moves by then. */
const RETRY_AFTER_MS = 5_000;

/** The jobs as they are kept in Redis. */
export class JobStore {
  constructor(
    private readonly client: Client,
    private readonly keys: JobKeys,
    private readonly options: JobStoreOptions,
  ) {}

  /**
   * Writes a new job, or finds the one that is known by the key of the client.
   * @throws MosecError when too many wait, or the key stands for another request
   */
  async accept({
    id,
    order,
    createdAt,
    body,
    idempotency,
    waiting,
  }: NewJob): Promise<{ id: string; state: JobState; isNew: boolean }> {
    const { keys, options } = this;
    const known = idempotency ? keys.idempotency(order.route, order.owner, idempotency.key) : keys.record(id);
    const [outcome, ...job] = (await this.client.eval(
      ACCEPT,
      4,
      ...[keys.record(id), keys.body(id), known, waiting],
      ...[idempotency?.fingerprint ?? '', options.maxPending, options.maxAgeMs, keys.record(''), id],
      body,
      ...fieldsOf(order, id, createdAt),
    )) as [string, string, JobState];
    if (outcome === 'full') throw new OverloadedError('too many jobs are waiting', { retryAfterMs: RETRY_AFTER_MS });
    if (outcome === 'mismatch') {
      throw new JobRefusal(
        'the Idempotency-Key was used with another request: choose a new one',
        'IDEMPOTENCY_MISMATCH',
      );
    }
    return { id: job[0], state: job[1], isNew: outcome === 'new' };
  }

  async read(id: string): Promise<JobRecord | undefined> {
    return readRecord(await this.client.hgetall(this.keys.record(id)));
  }

  body(id: string): Promise<Buffer | null> {
    return this.client.getBuffer(this.keys.body(id));
  }

  result(id: string): Promise<Buffer | null> {
    return this.client.getBuffer(this.keys.result(id));
  }

  /** @returns `begun`, or the state in which it has ended, or `gone` */
  async begin(id: string): Promise<string> {
    const { now, maxAgeMs } = this.options;
    return (await this.change(BEGIN, id, [this.keys.body(id)], [now(), maxAgeMs])) as string;
  }

  /** @returns its state, or `gone` */
  async progress(id: string, stage: number): Promise<string> {
    return (await this.change(PROGRESS, id, [], [stage])) as string;
  }

  async requeue(id: string): Promise<void> {
    await this.change(REQUEUE, id, [], []);
  }

  /** @returns `finished`, or in which state it was before, or `gone` */
  async finish(id: string, { state, statusCode, contentType, payload, failure }: JobEnd): Promise<string> {
    const { keys, options } = this;
    const fields = ['state', state, 'finishedAt', options.now(), 'statusCode', statusCode, 'contentType', contentType];
    if (failure) fields.push('error', JSON.stringify(failure));
    const args = [options.resultTtlMs, payload, ...fields];
    return (await this.change(FINISH, id, [keys.result(id), keys.body(id)], args)) as string;
  }

  /** Cancels what has not ended. @returns the state before, or `gone` */
  async cancel(id: string): Promise<string> {
    const { keys, options } = this;
    const args = [options.now(), options.resultTtlMs, keys.cancelled, id];
    return (await this.change(CANCEL, id, [keys.body(id)], args)) as string;
  }

  /** Removes all that is kept of it. */
  async forget(id: string): Promise<void> {
    const { keys } = this;
    await this.client.eval(FORGET, 3, keys.record(id), keys.result(id), keys.body(id));
  }

  /** The message of its end waits for delivery. */
  async told(id: string): Promise<void> {
    await this.change(TOLD, id, [], []);
  }

  private change(
    script: string,
    id: string,
    keys: readonly string[],
    args: readonly (string | number | Uint8Array)[],
  ): Promise<unknown> {
    const all = [this.keys.record(id), ...keys];
    return this.client.eval(script, all.length, ...all, this.keys.changes(id), ...args);
  }
}
