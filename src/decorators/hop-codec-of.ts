import type { HopCodec } from '#libs/contracts';
import { RedisHandOver, SharedMemoryHandOver } from '#libs/handover';
import type { StageOptions } from '../interfaces/stage-options.interface.js';

/** The form in which a stage hands over; undefined for the default. */
export function hopCodecOf({ ipc }: StageOptions): HopCodec | undefined {
  return ipc instanceof RedisHandOver || ipc instanceof SharedMemoryHandOver ? ipc.codec : ipc;
}
