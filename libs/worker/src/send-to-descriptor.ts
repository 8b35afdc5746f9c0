import { writevSync } from 'node:fs';

/** Waits on this when the other side has not read yet and the descriptor does not block by itself. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
/** Most buffers that the system takes in one write (IOV_MAX). */
const MOST_BUFFERS = 1024;

/** Writes to a descriptor; what was written is in the kernel. */
export function sendToDescriptor(fd: number): (buffers: readonly Uint8Array[]) => void {
  return (buffers) => {
    let left = buffers;
    while (left.length > 0) left = skip(left, writeSome(fd, left));
  };
}

function writeSome(fd: number, buffers: readonly Uint8Array[]): number {
  try {
    return writevSync(fd, buffers.slice(0, MOST_BUFFERS));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(PAUSE, 0, 0, 1);
    return 0;
  }
}

function skip(buffers: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let first = 0;
  while (first < buffers.length && written >= (buffers[first] as Uint8Array).length) {
    written -= (buffers[first] as Uint8Array).length;
    first++;
  }
  const rest = buffers.slice(first);
  if (written > 0 && rest[0]) rest[0] = rest[0].subarray(written);
  return rest;
}
