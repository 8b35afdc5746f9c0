import { RedisHandOver, SharedMemoryHandOver } from '#libs/handover';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { checkInteger, LONGEST_TIMER_MS } from './check-integer.js';

/** @param owner e.g. `Stage "Classify"` */
export function checkHandOver(owner: string, { ipc }: StageOptions): void {
  if (ipc instanceof SharedMemoryHandOver) {
    checkInteger(owner, 'ipc sharedMemory thresholdBytes', ipc.thresholdBytes, 1);
  }
  if (!(ipc instanceof RedisHandOver)) return;
  checkInteger(owner, 'ipc redis ttlMs', ipc.ttlMs, 1);
  checkInteger(owner, 'ipc redis timeoutMs', ipc.timeoutMs, 1, LONGEST_TIMER_MS);
  // A bad url is not repeated in the error: it may hold a password.
  if (ipc.address === undefined) {
    throw new MosecConfigurationError(
      `${owner} has ipc redis() with a url that is none of a Redis: give one such as "redis://user:password@host:6379", ` +
        '"rediss://host" for TLS, or the absolute path of a Unix socket.',
    );
  }
  if (typeof ipc.prefix === 'string' && ipc.prefix !== '') return;
  throw new MosecConfigurationError(
    `${owner} has ipc redis prefix "${String(ipc.prefix)}": give a name that no other user of that Redis begins keys with.`,
  );
}
