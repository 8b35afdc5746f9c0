import { SharedMemoryHandOver, type SharedMemoryHandOverOptions } from './shared-memory-hand-over.js';

/**
 * `ipc` of a stage whose results go through shared memory. That is what they do anyway where the server has shared
 * memory, so `sharedMemory()` spells out the default; `thresholdBytes` sets it for this stage alone.
 *
 * @example
 * `@Stage({ ipc: sharedMemory({ thresholdBytes: 64 * 1024 }) })`
 * @publicApi
 */
export function sharedMemory(options: SharedMemoryHandOverOptions = {}): SharedMemoryHandOver {
  return new SharedMemoryHandOver(options);
}
