export type { GatewayMemory } from './gateway-memory.js';
export { loadNativeMemory } from './native-memory.js';
export { openGatewayMemory } from './open-gateway-memory.js';
export type { Tenant, TenantPort } from './tenant.js';
export { WorkerMemory } from './worker-memory.js';
