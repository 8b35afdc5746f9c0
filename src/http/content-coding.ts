import type { Transform } from 'node:stream';

/** Undoes a coding, chunk by chunk. */
export type Decoder = Transform & {
  /** Bytes of the input that were used: what comes after the end of the coded data is not. */
  readonly bytesWritten: number;
};

export type OnCoded = (error: Error | null, coded: Buffer) => void;

/** A content coding of HTTP (RFC 9110, section 8.4.1). */
export interface ContentCoding {
  /** As `Content-Encoding` names it. */
  readonly name: string;
  createDecoder(): Decoder;
  /** Works in the thread pool, which reads `bytes` until `done` is called. */
  encode(bytes: Uint8Array, done: OnCoded): void;
}

/** Bytes that a decoder makes at a time: for large bodies twice as fast as Node's 16 KiB, for small ones as fast. */
export const DECODED_CHUNK_BYTES = 65_536;
