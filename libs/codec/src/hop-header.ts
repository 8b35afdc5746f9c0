/** First byte of a payload in another form than the structured clone's (1, 2 and 0xff). */
const NAMED = 3;
/** Tag, length of the whole header, then the name. */
const FIXED_BYTES = 2;
/** Longest name of a codec, in bytes of UTF-8. */
export const MAX_NAME_BYTES = 200;

/** Whether a payload names its codec. */
export function isNamed(payload: Uint8Array): boolean {
  return payload[0] === NAMED;
}

/** Least bytes of the header of a codec's payloads. */
export function hopHeaderBytes(name: string): number {
  return FIXED_BYTES + Buffer.byteLength(name);
}

/** Writes the header of a payload; what is left of its `length` is padding. */
export function writeHopHeader(payload: Buffer, name: string, length: number): void {
  payload.fill(0, 0, length);
  payload[0] = NAMED;
  payload[1] = length;
  payload.write(name, FIXED_BYTES);
}

/** @throws Error when the payload is shorter than its header */
export function readHopHeader(payload: Uint8Array): { readonly name: string; readonly length: number } {
  const length = payload[1] ?? 0;
  if (length < FIXED_BYTES || length > payload.length) throw new Error('a hand-over is shorter than its header');
  const name = Buffer.from(payload.buffer, payload.byteOffset + FIXED_BYTES, length - FIXED_BYTES).toString();
  return { name: name.replace(/\0+$/, ''), length };
}
