import { ProtocolError } from './protocol.error.js';

/** First byte of a handle among the hand-over payloads; those of values begin with 1, 2, 3 or 0xff. */
const STORED = 4;

/** Tag u8, u8 unused, store u16, length of the value in bytes u32, then the id. */
const FIXED_BYTES = 8;
const ID_BYTES = 16;

/** Where a value lies in a store; travels in a frame in its place. */
export interface StoredHandle {
  /** Number of the store, which the gateway gives out. */
  readonly store: number;
  /** Random: 32 hexadecimal digits. */
  readonly id: string;
  /** Of the value, in bytes. */
  readonly length: number;
}

/** Whether a hand-over payload is a handle and not the value itself. */
export function isStored(payload: Uint8Array): boolean {
  return payload[0] === STORED;
}

/** The handle as a payload. */
export function storedHandle({ store, id, length }: StoredHandle): Buffer {
  const payload = Buffer.alloc(FIXED_BYTES + ID_BYTES);
  payload[0] = STORED;
  payload.writeUInt16LE(store, 2);
  payload.writeUInt32LE(length, 4);
  payload.write(id, FIXED_BYTES, 'hex');
  return payload;
}

/** @throws ProtocolError when the payload is no handle */
export function readStoredHandle(payload: Uint8Array): StoredHandle {
  if (!isStored(payload) || payload.length !== FIXED_BYTES + ID_BYTES) {
    throw new ProtocolError('handle of a stored value has the wrong form');
  }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  return { store: bytes.readUInt16LE(2), length: bytes.readUInt32LE(4), id: bytes.toString('hex', FIXED_BYTES) };
}
