import { ProtocolError } from '#libs/protocol';

const BELL = 1;
const EVENTS = 2;
/** Kind u8, sequence f64, events u32. Little-endian. */
const EVENTS_HEADER_BYTES = 13;
/** Of each outcome of a bell: sequence f64, bytes of its value u32, then the value. Little-endian. */
const READY_HEADER_BYTES = 12;

/** An outcome that is in Redis. */
export interface ReadyOutcome {
  readonly sequence: number;
  /** Where it is small enough to come with the bell; it is in Redis all the same. */
  readonly value?: Buffer | undefined;
}

/** What comes to a gateway over its channel. */
export type AnswerMessage =
  | {
      readonly kind: 'bell';
      readonly ready: readonly ReadyOutcome[];
    }
  | { readonly kind: 'events'; readonly sequence: number; readonly count: number; readonly payload: Buffer };

export function encodeBell(ready: readonly ReadyOutcome[]): Buffer {
  const bytes = ready.reduce((sum, { value }) => sum + READY_HEADER_BYTES + (value?.length ?? 0), 1);
  const message = Buffer.allocUnsafe(bytes);
  message[0] = BELL;
  let at = 1;
  for (const { sequence, value } of ready) {
    message.writeDoubleLE(sequence, at);
    message.writeUInt32LE(value?.length ?? 0, at + 8);
    at += READY_HEADER_BYTES;
    if (value) message.set(value, at);
    at += value?.length ?? 0;
  }
  return message;
}

export function encodeRemoteEvents(sequence: number, count: number, payload: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(EVENTS_HEADER_BYTES + payload.length);
  message[0] = EVENTS;
  message.writeDoubleLE(sequence, 1);
  message.writeUInt32LE(count, 9);
  message.set(payload, EVENTS_HEADER_BYTES);
  return message;
}

/** @throws ProtocolError when it is no such message */
export function decodeAnswer(message: Buffer): AnswerMessage {
  if (message[0] === BELL) return { kind: 'bell', ready: readReady(message) };
  if (message[0] !== EVENTS || message.length < EVENTS_HEADER_BYTES) {
    throw new ProtocolError('message to a gateway is of no known kind');
  }
  const [sequence, count] = [message.readDoubleLE(1), message.readUInt32LE(9)];
  return { kind: 'events', sequence, count, payload: message.subarray(EVENTS_HEADER_BYTES) };
}

function readReady(message: Buffer): ReadyOutcome[] {
  const ready: ReadyOutcome[] = [];
  let at = 1;
  while (at + READY_HEADER_BYTES <= message.length) {
    const sequence = message.readDoubleLE(at);
    const end = at + READY_HEADER_BYTES + message.readUInt32LE(at + 8);
    const value = message.subarray(at + READY_HEADER_BYTES, end);
    ready.push({ sequence, value: value.length > 0 ? value : undefined });
    at = end;
  }
  // A value that is cut off ends beyond the message.
  if (at === message.length && ready.length > 0 && ready.every(({ sequence }) => Number.isSafeInteger(sequence)))
    return ready;
  throw new ProtocolError('bell of a gateway names no items');
}
