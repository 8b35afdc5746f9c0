import type { HopCodec } from '#libs/contracts';

/** Options of `sharedMemory`. @publicApi */
export interface SharedMemoryHandOverOptions {
  /**
   * Smallest result of this stage, in bytes, that is put into shared memory; smaller ones travel through sockets.
   * @default `sharedMemory.thresholdBytes` of the server, 4096
   */
  readonly thresholdBytes?: number;
  /**
   * The form of the values.
   * @default structuredClone
   */
  readonly codec?: HopCodec;
}

/** An `ipc` that says from which size on a stage's results go through shared memory. Made by `sharedMemory`. */
export class SharedMemoryHandOver {
  readonly codec: HopCodec | undefined;
  readonly thresholdBytes: number | undefined;

  constructor({ codec, thresholdBytes }: SharedMemoryHandOverOptions) {
    this.codec = codec;
    this.thresholdBytes = thresholdBytes;
  }
}
