export { redis } from './redis.js';
export { RedisHandOver } from './redis-hand-over.js';
export type { RedisHandOverOptions } from './redis-hand-over-options.js';
export { sharedMemory } from './shared-memory.js';
export { SharedMemoryHandOver, type SharedMemoryHandOverOptions } from './shared-memory-hand-over.js';
export { GatewayHandOver, type GatewayHandOverListener, type HandOverUsage } from './gateway-hand-over.js';
export { WorkerStores } from './worker-stores.js';
