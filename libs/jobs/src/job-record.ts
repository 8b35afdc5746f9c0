import type { JobState } from './job-state.js';

/** Why a job failed, in the words of the synchronous answer. @publicApi */
export interface JobFailure {
  readonly statusCode: number;
  readonly code: string;
  readonly message: string;
}

/** What is needed to run a job, besides its body. */
export interface JobOrder {
  /** Path of the route that it came by. */
  readonly route: string;
  /** JSON text of a `CallContext`. */
  readonly context: string;
  readonly inputFormat: number;
  readonly outputFormat: number;
  /** Media type of the result. */
  readonly mediaType: string;
  /** Milliseconds that it may take once it runs. */
  readonly timeoutMs: number;
  /** Names of the stages that it passes, in order. */
  readonly stages: readonly string[];
  readonly owner?: string | undefined;
  /** Who is to be told of the end. */
  readonly webhook?: string | undefined;
}

/** A job as it is kept in Redis. Times are epoch milliseconds. */
export interface JobRecord extends JobOrder {
  readonly id: string;
  readonly state: JobState;
  readonly createdAt: number;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
  /** Index of the stage that it is at, while it runs. */
  readonly stage: number;
  /** How often it was begun. */
  readonly attempts: number;
  readonly statusCode?: number | undefined;
  readonly contentType?: string | undefined;
  readonly failure?: JobFailure | undefined;
  /** Whether the message of its end waits for delivery, or was delivered. */
  readonly isTold: boolean;
}

/** Fields and values of a new record, in turns. */
export function fieldsOf(order: JobOrder, id: string, createdAt: number): string[] {
  const fields: Record<string, string | undefined> = {
    id,
    state: 'queued' satisfies JobState,
    createdAt: String(createdAt),
    route: order.route,
    context: order.context,
    inputFormat: String(order.inputFormat),
    outputFormat: String(order.outputFormat),
    mediaType: order.mediaType,
    timeoutMs: String(order.timeoutMs),
    stages: JSON.stringify(order.stages),
    owner: order.owner,
    webhook: order.webhook,
  };
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}

/** A job that nobody has begun. */
export function newRecord(order: JobOrder, id: string, createdAt: number): JobRecord {
  return { ...order, id, state: 'queued', createdAt, stage: 0, attempts: 0, isTold: false };
}

/** @returns undefined where there is no record */
export function readRecord(fields: Readonly<Record<string, string>>): JobRecord | undefined {
  const { id, state, route = '', context = '', mediaType = '', stages, error } = fields;
  if (id === undefined || state === undefined) return undefined;
  return {
    id,
    state: state as JobState,
    route,
    context,
    mediaType,
    inputFormat: Number(fields.inputFormat),
    outputFormat: Number(fields.outputFormat),
    timeoutMs: Number(fields.timeoutMs),
    stages: JSON.parse(stages ?? '[]') as string[],
    owner: fields.owner,
    webhook: fields.webhook,
    createdAt: Number(fields.createdAt),
    startedAt: numberOf(fields.startedAt),
    finishedAt: numberOf(fields.finishedAt),
    stage: Number(fields.stage ?? 0),
    attempts: Number(fields.attempts ?? 0),
    statusCode: numberOf(fields.statusCode),
    contentType: fields.contentType,
    failure: error === undefined ? undefined : (JSON.parse(error) as JobFailure),
    isTold: fields.told !== undefined,
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
