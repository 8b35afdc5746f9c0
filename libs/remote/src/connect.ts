import { loadIoredis } from './load-packages.js';
import type { RedisClient } from './redis-client.js';
import type { RemoteSettings } from './remote-settings.js';

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1_000;
/** A host waits this much longer than a gateway before it takes a silent connection for dead: its commands may block. */
const BLOCKING_MS = 2_000;

/** Grows from try to try; Redis is asked again at least once a second. */
function retryStrategy(times: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * times);
}

/** A connection on which no command waits for Redis to come back: somebody else decides what becomes of a request. */
export function connectGateway({ url, timeoutMs, options }: RemoteSettings): RedisClient {
  return connect(url, {
    retryStrategy,
    ...options,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Ends a connection whose other side has stopped. No `commandTimeout`: it would give up a command that Redis may have
    // taken, an instant before the connection is given up and it can be found out.
    socketTimeout: timeoutMs,
    connectTimeout: timeoutMs,
  });
}

/** A connection on which commands wait for Redis as long as it takes: outcomes are not to be lost. */
export function connectHost({ url, timeoutMs, options }: RemoteSettings): RedisClient {
  return connect(url, {
    retryStrategy,
    ...options,
    maxRetriesPerRequest: null,
    socketTimeout: timeoutMs + BLOCKING_MS,
    connectTimeout: timeoutMs + BLOCKING_MS,
  });
}

/** Subscriptions are made again by themselves; nothing is asked on it but that, and whether it lives. */
export function connectSubscriber({ url, timeoutMs, options }: RemoteSettings): RedisClient {
  return connect(url, {
    retryStrategy,
    ...options,
    maxRetriesPerRequest: null,
    socketTimeout: timeoutMs + BLOCKING_MS,
    connectTimeout: timeoutMs + BLOCKING_MS,
  });
}

/** Whether Redis itself has refused a command; otherwise the connection was lost, and it may have been carried out. */
export function saidByRedis(error: Error): boolean {
  return error.name === 'ReplyError';
}

function connect(url: string, options: object): RedisClient {
  const IoRedis = loadIoredis();
  return new IoRedis(url, { ...options, lazyConnect: true });
}
