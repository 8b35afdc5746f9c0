export { AutoscalePolicy, type AutoscaleLimits, type PoolLoad, type Room } from './autoscale-policy.js';
export { Admission } from './admission.js';
export type { Flow } from './flow.js';
export { StageItem } from './stage-item.js';
export type { PoolSnapshot } from './pool-snapshot.js';
export type { StagePort } from './stage-port.js';
export { StagePool } from './stage-pool.js';
export type { StagePoolOptions, PoolStatus } from './stage-pool-options.js';
