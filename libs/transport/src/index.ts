export type { Replica, ReplicaListener, ReadyDetails, LaunchReplica } from './replica.js';
export { ProcessReplica, type ProcessSpec } from './process-replica.js';
export { InlineReplica, type InlineStage, type InlineBatch } from './inline-replica.js';
export { Supervisor, type SupervisorOptions, type ReplicaSink, type BatchListener } from './supervisor.js';
export { StartGate } from './start-gate.js';
export { Backoff, DEFAULT_BACKOFF, type BackoffOptions } from './backoff.js';
