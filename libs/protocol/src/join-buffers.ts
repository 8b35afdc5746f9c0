/**
 * The buffers in one, with an `ArrayBuffer` of its own: Node's small buffers are slices of a shared one, which a
 * message to another thread would take away from its other users, or copy as a whole.
 */
export function joinBuffers(buffers: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const buffer of buffers) length += buffer.length;
  const joined = new Uint8Array(new ArrayBuffer(length));
  let at = 0;
  for (const buffer of buffers) {
    joined.set(buffer, at);
    at += buffer.length;
  }
  return joined;
}
