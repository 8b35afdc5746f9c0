import type { SlotHandle, WorkItem } from '#libs/contracts';
import { FrameType, HEADER_BYTES, IN_SHARED_MEMORY, writeHeader, type Frame } from './frame.js';
import { COPY_THRESHOLD_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';
import { handlePayload, HANDLE_BYTES, readHandle } from './slot-handle.js';

/**
 * Per item: deadline f64, input format u8, output format u8, flags u16, context bytes u32, payload bytes u32,
 * event format u8, 3 bytes unused.
 */
const ITEM_BYTES = 24;

/**
 * The buffers of one batch frame, in order; large payloads are referenced and not copied.
 * @param byHandle of a payload in shared memory only the handle is sent
 */
export function encodeBatch(batch: number, items: readonly WorkItem[], byHandle = false): Buffer[] {
  return encodeItems(batch, byHandle && items.some(isShared) ? items.map(withHandle) : items);
}

/** An item whose payload may be that of a handle. */
interface WireItem extends WorkItem {
  readonly flags?: number;
}

function isShared({ shared }: WorkItem): boolean {
  return shared !== undefined;
}

function withHandle(item: WorkItem): WireItem {
  const { shared, inputFormat, outputFormat, eventFormat, context, deadline } = item;
  if (!shared) return item;
  const payload = handlePayload(shared.handle);
  return { payload, inputFormat, outputFormat, eventFormat, context, deadline, flags: IN_SHARED_MEMORY };
}

function encodeItems(batch: number, items: readonly WireItem[]): Buffer[] {
  let inlineBytes = HEADER_BYTES + items.length * ITEM_BYTES;
  let largeBytes = 0;
  for (const item of items) {
    inlineBytes += Buffer.byteLength(item.context);
    if (item.payload.length > COPY_THRESHOLD_BYTES) largeBytes += item.payload.length;
    else inlineBytes += item.payload.length;
  }
  const inline = Buffer.allocUnsafe(inlineBytes);
  writeHeader(inline, inlineBytes + largeBytes - HEADER_BYTES, FrameType.Batch, 0, items.length, batch);
  const bodyStart = writeItemHeaders(inline, items);
  return largeBytes === 0 ? [copyPayloads(inline, bodyStart, items)] : splitPayloads(inline, bodyStart, items);
}

function writeItemHeaders(target: Buffer, items: readonly WireItem[]): number {
  let text = HEADER_BYTES + items.length * ITEM_BYTES;
  let at = HEADER_BYTES;
  for (const item of items) {
    const contextBytes = target.write(item.context, text, 'utf8');
    text += contextBytes;
    target.writeDoubleLE(item.deadline, at);
    target[at + 8] = item.inputFormat;
    target[at + 9] = item.outputFormat;
    target.writeUInt16LE(item.flags ?? 0, at + 10);
    target.writeUInt32LE(contextBytes, at + 12);
    target.writeUInt32LE(item.payload.length, at + 16);
    target.writeUInt32LE(item.eventFormat ?? 0, at + 20);
    at += ITEM_BYTES;
  }
  return text;
}

function copyPayloads(target: Buffer, at: number, items: readonly WorkItem[]): Buffer {
  for (const { payload } of items) {
    target.set(payload, at);
    at += payload.length;
  }
  return target;
}

function splitPayloads(inline: Buffer, at: number, items: readonly WorkItem[]): Buffer[] {
  const buffers: Buffer[] = [];
  let from = 0;
  for (const { payload } of items) {
    if (payload.length <= COPY_THRESHOLD_BYTES) {
      inline.set(payload, at);
      at += payload.length;
      continue;
    }
    if (at > from) buffers.push(inline.subarray(from, at));
    from = at;
    buffers.push(Buffer.from(payload.buffer, payload.byteOffset, payload.length));
  }
  if (inline.length > from) buffers.push(inline.subarray(from));
  return buffers;
}

/**
 * The items of a batch frame; payloads are views of the frame.
 * @param readShared the bytes in shared memory behind a handle
 * @throws ProtocolError when the announced sizes do not add up to the frame
 */
export function decodeBatch(
  { body, count }: Frame,
  readShared: (handle: SlotHandle) => Uint8Array = refuseHandle,
): WorkItem[] {
  if (body.length < count * ITEM_BYTES) throw new ProtocolError('batch frame is shorter than its item headers');
  let payloadAt = count * ITEM_BYTES;
  for (let i = 0; i < count; i++) payloadAt += body.readUInt32LE(i * ITEM_BYTES + 12);
  let contextAt = count * ITEM_BYTES;
  const items: WorkItem[] = [];
  for (let i = 0; i < count; i++) {
    const at = i * ITEM_BYTES;
    const contextEnd = contextAt + body.readUInt32LE(at + 12);
    const payloadEnd = payloadAt + body.readUInt32LE(at + 16);
    if (payloadEnd > body.length) throw new ProtocolError('batch frame is shorter than its payloads');
    const payload = body.subarray(payloadAt, payloadEnd);
    items.push({
      deadline: body.readDoubleLE(at),
      inputFormat: body[at + 8] as number,
      outputFormat: body[at + 9] as number,
      eventFormat: body[at + 20],
      context: body.toString('utf8', contextAt, contextEnd),
      payload: (body.readUInt16LE(at + 10) & IN_SHARED_MEMORY) === 0 ? payload : readShared(handleIn(payload)),
    });
    contextAt = contextEnd;
    payloadAt = payloadEnd;
  }
  if (payloadAt !== body.length) throw new ProtocolError('batch frame is longer than its items');
  return items;
}

function handleIn(payload: Buffer): SlotHandle {
  if (payload.length === HANDLE_BYTES) return readHandle(payload, 0);
  throw new ProtocolError('handle of a payload has the wrong length');
}

function refuseHandle(): never {
  throw new ProtocolError('payload is in shared memory, and there is none');
}
