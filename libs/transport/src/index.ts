export type { Replica, ReplicaListener, ReadyDetails, LaunchReplica } from './replica.js';
export { ProcessReplica, type ProcessSpec } from './process-replica.js';
export { InlineReplica, type InlineStage, type InlineBatch } from './inline-replica.js';
export { Supervisor, type SupervisorOptions } from './supervisor.js';
export type { BatchListener, ReplicaSink } from './replica-sink.js';
export type { RecycleLimits } from './recycle.js';
export { Daemon, type DaemonSpec } from './daemon.js';
export { StartGate } from './start-gate.js';
export { Backoff, DEFAULT_BACKOFF, type BackoffOptions } from './backoff.js';
