import { createRequire } from 'node:module';
import type { Queue, WaitingError, Worker } from 'bullmq';
import type { RedisClient } from './redis-client.js';

/** Both are optional peers: they are loaded when there is something remote. */
export interface BullMq {
  readonly Queue: typeof Queue;
  readonly Worker: typeof Worker;
  readonly WaitingError: typeof WaitingError;
}
export type RedisClass = new (url: string, options: object) => RedisClient;

const load = createRequire(import.meta.url);

/** @throws Error that says what to install */
export function loadBullMq(): BullMq {
  return loadPackage('bullmq') as BullMq;
}

/** @throws Error that says what to install */
export function loadIoredis(): RedisClass {
  return (loadPackage('ioredis') as { Redis: RedisClass }).Redis;
}

function loadPackage(name: string): unknown {
  try {
    return load(name);
  } catch (cause) {
    throw new Error(
      `remote stages need the packages "bullmq" and "ioredis", and "${name}" cannot be loaded: ` +
        'run npm install bullmq ioredis.',
      { cause },
    );
  }
}
