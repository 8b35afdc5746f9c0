import type { MosecError } from '#libs/contracts';
import { decodeError, encodeError, ProtocolError } from '#libs/protocol';

/** Status u8 (0 ok, 1 error), unused u8, batch size u16, milliseconds of computing f32, then the bytes. Little-endian. */
const HEADER_BYTES = 8;
const OK = 0;
const FAILED = 1;

/** How the item fared on its host. */
export interface RemoteTiming {
  readonly computeMs: number;
  readonly batchSize: number;
}

/** What a host says of an item. */
export interface RemoteOutcome extends RemoteTiming {
  readonly payload?: Buffer;
  readonly error?: MosecError;
}

/** A result as a value in Redis. The payload is copied: it may lie in shared memory. */
export function encodePayload(payload: Uint8Array, timing: RemoteTiming): Buffer {
  return write(OK, payload, timing);
}

export function encodeFailure(error: MosecError, timing: RemoteTiming): Buffer {
  return write(FAILED, encodeError(error), timing);
}

/** Whether an outcome as a value in Redis is one of success. */
export function isResult(value: Buffer): boolean {
  return value[0] === OK;
}

/** @throws ProtocolError when the bytes are no such value */
export function decodeOutcome(value: Buffer): RemoteOutcome {
  if (value.length < HEADER_BYTES) throw new ProtocolError('value of a remote outcome is too short');
  const timing = { batchSize: value.readUInt16LE(2), computeMs: value.readFloatLE(4) };
  const payload = value.subarray(HEADER_BYTES);
  return isResult(value) ? { payload, ...timing } : { error: decodeError(payload), ...timing };
}

function write(status: number, bytes: Uint8Array, { computeMs, batchSize }: RemoteTiming): Buffer {
  const value = Buffer.allocUnsafe(HEADER_BYTES + bytes.length);
  value[0] = status;
  value[1] = 0;
  value.writeUInt16LE(batchSize, 2);
  value.writeFloatLE(computeMs, 4);
  value.set(bytes, HEADER_BYTES);
  return value;
}
