import { loadNativeMemory, WorkerMemory } from '#libs/memory';
import type { InitMessage } from '#libs/protocol';

/** Descriptor that the gateway's transport hands to a worker process for the shared memory. */
const MEMORY = 5;

/** The shared memory that the gateway offers; undefined where there is none, or this process cannot use it. */
export function openMemory(
  { sharedMemory }: Pick<InitMessage, 'sharedMemory'>,
  onFailure: (reason: string) => void,
): WorkerMemory | undefined {
  if (!sharedMemory) return undefined;
  try {
    const { address, ...sizes } = sharedMemory;
    const mapped = address === undefined ? undefined : BigInt(address);
    return new WorkerMemory({ fd: MEMORY, address: mapped, ...sizes }, loadNativeMemory());
  } catch (error) {
    onFailure(`this worker has no shared memory: ${(error as Error).message}`);
    return undefined;
  }
}
