import type { SlotHandle } from '#libs/contracts';
import { FrameType, HEADER_BYTES, IN_SHARED_MEMORY, IN_STORE, writeHeader, LAST_RESULT, type Frame } from './frame.js';
import { COPY_THRESHOLD_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';
import { handlePayload, HANDLE_BYTES, readHandle } from './slot-handle.js';

/** One settled item of a batch: its position in the batch, whether it succeeded, result bytes or an error payload. */
export interface ItemResult {
  readonly index: number;
  readonly ok: boolean;
  readonly payload: Uint8Array;
  /** Where the payload lies in shared memory; then only this is sent. */
  readonly handle?: SlotHandle | undefined;
  /** The payload is the handle of a value in a store. */
  readonly stored?: boolean | undefined;
}

/** Per item: index u16, status u8 (0 ok, 1 error), flags u8, payload bytes u32, then the payload. */
const ITEM_BYTES = 8;

/** The buffers of one result frame, in order; large payloads are referenced and not copied. */
export function encodeResults(batch: number, items: readonly ItemResult[], last: boolean): Buffer[] {
  const results = items.some(({ handle }) => handle) ? items.map(withHandle) : items;
  let bodyBytes = 0;
  let inlineBytes = HEADER_BYTES;
  for (const { payload } of results) {
    bodyBytes += ITEM_BYTES + payload.length;
    inlineBytes += ITEM_BYTES + (payload.length > COPY_THRESHOLD_BYTES ? 0 : payload.length);
  }
  const inline = Buffer.allocUnsafe(inlineBytes);
  writeHeader(inline, bodyBytes, FrameType.Result, last ? LAST_RESULT : 0, results.length, batch);
  const buffers: Buffer[] = [];
  let from = 0;
  let at = HEADER_BYTES;
  for (const { index, ok, payload, handle, stored } of results) {
    inline.writeUInt16LE(index, at);
    inline[at + 2] = ok ? 0 : 1;
    inline[at + 3] = (handle ? IN_SHARED_MEMORY : 0) | (stored ? IN_STORE : 0);
    inline.writeUInt32LE(payload.length, at + 4);
    at += ITEM_BYTES;
    if (payload.length > COPY_THRESHOLD_BYTES) {
      buffers.push(inline.subarray(from, at), Buffer.from(payload.buffer, payload.byteOffset, payload.length));
      from = at;
    } else {
      inline.set(payload, at);
      at += payload.length;
    }
  }
  if (from < inline.length) buffers.push(inline.subarray(from));
  return buffers;
}

function withHandle(result: ItemResult): ItemResult {
  return result.handle ? { ...result, payload: handlePayload(result.handle) } : result;
}

/**
 * Calls back for each result of the frame, in order; payloads are views of the frame, and empty where there is a handle.
 * @throws ProtocolError when the announced sizes do not add up to the frame
 */
export function decodeResults(
  { body, count }: Frame,
  settled: (index: number, ok: boolean, payload: Buffer, handle: SlotHandle | undefined, stored: boolean) => void,
): void {
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ITEM_BYTES > body.length) throw new ProtocolError('result frame is shorter than its item headers');
    const start = at + ITEM_BYTES;
    const end = start + body.readUInt32LE(at + 4);
    if (end > body.length) throw new ProtocolError('result frame is shorter than its payloads');
    const [index, ok] = [body.readUInt16LE(at), body[at + 2] === 0] as const;
    const flags = body[at + 3] as number;
    const stored = (flags & IN_STORE) !== 0;
    if ((flags & IN_SHARED_MEMORY) === 0) settled(index, ok, body.subarray(start, end), undefined, stored);
    else settled(index, ok, body.subarray(end, end), handleIn(body, start, end), stored);
    at = end;
  }
  if (at !== body.length) throw new ProtocolError('result frame is longer than its items');
}

function handleIn(body: Buffer, start: number, end: number): SlotHandle {
  if (end - start === HANDLE_BYTES) return readHandle(body, start);
  throw new ProtocolError('handle of a result has the wrong length');
}
