/** Stable machine-readable code of a failed request; part of every error body. @publicApi */
export type ErrorCode =
  | 'DECODING'
  | 'CLIENT'
  | 'VALIDATION'
  | 'SERVER'
  | 'ENCODING'
  | 'TIMEOUT'
  | 'QUEUE_FULL'
  | 'DEADLINE_UNREACHABLE'
  | 'WORKER_CRASHED'
  | 'WORKER_LOST'
  | 'UNAVAILABLE'
  | 'HANDOVER_UNAVAILABLE'
  | 'DRAINING'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'CANCELLED'
  | 'INTERNAL';
