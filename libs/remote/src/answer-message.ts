import { ProtocolError } from '#libs/protocol';
import { readMessage } from './control-message.js';

const BELL = 1;
const EVENTS = 2;
/** Kind u8, sequence f64, events u32. Little-endian. */
const EVENTS_HEADER_BYTES = 13;

/** What comes to a gateway over its channel. */
export type AnswerMessage =
  | {
      readonly kind: 'bell';
      /** Sequences of items whose outcomes are in Redis. */
      readonly ready: readonly number[];
    }
  | { readonly kind: 'events'; readonly sequence: number; readonly count: number; readonly payload: Buffer };

export function encodeBell(ready: readonly number[]): Buffer {
  return Buffer.concat([Buffer.of(BELL), Buffer.from(JSON.stringify(ready))]);
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
  if (message[0] === BELL) {
    return { kind: 'bell', ready: readSequences(message.toString('utf8', 1)) };
  }
  if (message[0] !== EVENTS || message.length < EVENTS_HEADER_BYTES) {
    throw new ProtocolError('message to a gateway is of no known kind');
  }
  const [sequence, count] = [message.readDoubleLE(1), message.readUInt32LE(9)];
  return { kind: 'events', sequence, count, payload: message.subarray(EVENTS_HEADER_BYTES) };
}

function readSequences(text: string): number[] {
  const sequences = readMessage(text);
  if (Array.isArray(sequences) && sequences.every((sequence) => Number.isSafeInteger(sequence))) {
    return sequences as number[];
  }
  throw new ProtocolError('bell of a gateway names no items');
}
