import { createRequire } from 'node:module';

/** The parts of ioredis and BullMQ that are used: they are optional peers, so their own types may be absent. */
export interface Client {
  readonly status: string;
  on(event: 'ready' | 'close', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'message', listener: (channel: string, message: string) => void): this;
  eval(script: string, keys: number, ...args: (string | number | Uint8Array)[]): Promise<unknown>;
  hgetall(key: string): Promise<Record<string, string>>;
  getBuffer(key: string): Promise<Buffer | null>;
  llen(key: string): Promise<number>;
  ping(): Promise<string>;
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  disconnect(): void;
}

export interface QueuedJob<Data = unknown> {
  readonly id?: string;
  readonly data: Data;
  readonly attemptsMade: number;
  /** How often a process that ran it has vanished. */
  readonly stalledCounter?: number;
  readonly failedReason?: string;
  readonly finishedOn?: number;
  readonly timestamp: number;
  retry(state: 'failed', options: { resetAttemptsMade: boolean; resetAttemptsStarted: boolean }): Promise<void>;
  moveToWait(token?: string): Promise<unknown>;
}

export interface Queue<Data = unknown> {
  on(event: 'error', listener: (error: Error) => void): this;
  waitUntilReady(): Promise<void>;
  add(name: string, data: Data, options: object): Promise<QueuedJob<Data>>;
  remove(id: string): Promise<number>;
  getJob(id: string): Promise<QueuedJob<Data> | undefined>;
  getFailed(start: number, end: number): Promise<QueuedJob<Data>[]>;
  clean(graceMs: number, limit: number, state: 'failed'): Promise<unknown>;
  toKey(type: string): string;
}

export interface QueueWorker<Data = unknown> {
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'failed', listener: (job: QueuedJob<Data> | undefined, error: Error) => void): this;
  close(force?: boolean): Promise<void>;
}

export type Processor<Data = unknown> = (job: QueuedJob<Data>, token?: string) => Promise<unknown>;

export interface Peers {
  readonly Redis: new (url: string, options: object) => Client;
  readonly Queue: new <Data>(name: string, options: object) => Queue<Data>;
  readonly Worker: new <Data>(name: string, processor: Processor<Data>, options: object) => QueueWorker<Data>;
  /** Thrown by a processor whose job has gone back to the queue. */
  readonly WaitingError: new () => Error;
  /** Thrown by a processor whose job is not to be tried again. */
  readonly UnrecoverableError: new (message: string) => Error;
}

/** @throws Error that says what to install */
export function loadPeers(load: (name: string) => unknown = createRequire(import.meta.url)): Peers {
  try {
    const { Redis } = load('ioredis') as Pick<Peers, 'Redis'>;
    const { Queue, Worker, WaitingError, UnrecoverableError } = load('bullmq') as Peers;
    return { Redis, Queue, Worker, WaitingError, UnrecoverableError };
  } catch (cause) {
    throw new Error(
      'forRoot({ jobs }) needs the packages "bullmq" and "ioredis", which cannot be loaded: run npm install bullmq ioredis.',
      { cause },
    );
  }
}
