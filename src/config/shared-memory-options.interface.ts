/** Shared memory between the server and its worker processes. @publicApi */
export interface SharedMemoryOptions {
  /**
   * Most memory in bytes that payloads may take there, at least 1 MiB. It is taken from the system as it is needed.
   * What does not fit travels through sockets.
   * @default 536870912
   */
  sizeBytes?: number;

  /**
   * Smallest payload in bytes that is put there; smaller ones travel through sockets.
   * @default 4096
   */
  thresholdBytes?: number;
}

/** What holds for members that are not given. */
export const DEFAULT_SHARED_MEMORY = { sizeBytes: 536_870_912, thresholdBytes: 4096 } as const;
