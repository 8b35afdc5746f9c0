import type { Refuse } from './checks.js';

/** Takes the binary tensors of a body one after the other. */
export class TensorBytes {
  private offset: number;

  /** @param start where the JSON ends */
  constructor(
    private readonly body: Buffer,
    start: number,
  ) {
    this.offset = start;
  }

  /** A view of the next `size` bytes. */
  take(size: unknown, of: string, refuse: Refuse): Buffer {
    if (!Number.isSafeInteger(size) || (size as number) < 0) {
      return refuse(`${of} has a binary_data_size that is no count of bytes`);
    }
    const end = this.offset + (size as number);
    if (end > this.body.length) {
      return refuse(`${of} has a binary_data_size of ${String(size)}, and ${this.left} bytes are left of the body`);
    }
    const bytes = this.body.subarray(this.offset, end);
    this.offset = end;
    return bytes;
  }

  requireEnd(refuse: Refuse): void {
    if (this.left > 0) refuse(`${this.left} bytes follow the last binary tensor`);
  }

  private get left(): number {
    return this.body.length - this.offset;
  }
}
