/** A payload in one piece. */
export function joinParts(payload: Uint8Array | readonly Uint8Array[]): Uint8Array {
  return payload instanceof Uint8Array ? payload : Buffer.concat(payload);
}
