import { GatewayMemory, type GatewayMemoryOptions } from './gateway-memory.js';
import { loadNativeMemory, type NativeMemory } from './native-memory.js';

/** Shared memory where this system has it; undefined and a reason where it has not. */
export function openGatewayMemory(
  options: GatewayMemoryOptions,
  onFailure: (reason: string) => void,
  load: () => NativeMemory = loadNativeMemory,
): GatewayMemory | undefined {
  try {
    return new GatewayMemory(options, load());
  } catch (error) {
    onFailure((error as Error).message);
    return undefined;
  }
}
