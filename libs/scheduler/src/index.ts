export { Admission } from './admission.js';
export { StageItem } from './stage-item.js';
export { StagePool, type StagePoolOptions, type PoolStatus } from './stage-pool.js';
