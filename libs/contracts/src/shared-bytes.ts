import type { Held } from './held.js';

/** A contiguous part of the shared memory in which one process, its owner, writes. Offsets and sizes in bytes. */
export interface MemoryRegion {
  readonly id: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Where bytes lie in shared memory; travels in a frame in their place. */
export interface SlotHandle {
  readonly region: number;
  /** Counts the slots that the owner of the region has filled: no two slots have the same region and generation. */
  readonly generation: number;
  /** In bytes, from the start of the shared memory. */
  readonly offset: number;
  /** In bytes, at least 1. */
  readonly length: number;
}

/**
 * Bytes in a slot of the shared memory. Whoever passes one on keeps it valid during that call; whoever wants it for
 * longer holds it, and releases it once for each hold. After the last release the slot is filled with other bytes.
 */
export interface SharedBytes extends Held {
  readonly handle: SlotHandle;
  readonly bytes: Buffer;
}

/** Puts bytes into shared memory. */
export interface PayloadStore {
  /**
   * Copies `chunks` one after the other into a slot.
   * @param length their bytes in total
   * @returns the slot, held once; undefined where the bytes are better sent inline, or there is no room
   */
  store(chunks: readonly Uint8Array[], length: number): SharedBytes | undefined;
}
