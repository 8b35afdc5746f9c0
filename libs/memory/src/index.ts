export { BadHandleError } from './bad-handle.error.js';
export { GatewayMemory, type GatewayMemoryOptions, type MemoryUsage } from './gateway-memory.js';
export { loadNativeMemory, type NativeMemory } from './native-memory.js';
export { REGION_UNIT_BYTES } from './region-table.js';
export type { Tenant, TenantPort } from './tenant.js';
export { WorkerMemory, type WorkerMemoryOptions } from './worker-memory.js';
