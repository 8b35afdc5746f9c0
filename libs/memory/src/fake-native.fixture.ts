import { openSync } from 'node:fs';
import type { NativeMemory } from './native-memory.js';

/** Memory of this process in place of the system's. Each view is a copy of its part, so specs do not look through it. */
export class FakeNative implements NativeMemory {
  readonly commits: (readonly [offset: number, length: number])[] = [];
  discarded = false;
  isFull = false;
  private readonly parts = new Map<string, ArrayBuffer>();

  create(): number {
    return openSync('/dev/null', 'r');
  }
  commit(_fd: number, offset: number, length: number): boolean {
    if (!this.isFull) this.commits.push([offset, length]);
    return !this.isFull;
  }
  discard(): void {
    this.discarded = true;
  }
  map(): bigint {
    return 4096n;
  }
  /** The same part is the same buffer, also in another mapping. */
  view(address: bigint, length: number): ArrayBuffer {
    const key = `${address}/${length}`;
    const part = this.parts.get(key) ?? new ArrayBuffer(length);
    this.parts.set(key, part);
    return part;
  }
}
