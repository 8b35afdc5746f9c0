import { Buffer } from 'node:buffer';

/** So much of a body is a connection's own; the rest is the same memory for all. */
const OWN_BYTES = 16_000;
const FILL = 'mosec';

/** What a connection sends again and again, and what it expects: its own body, sent back. */
export class Exchange {
  /** Head and first bytes of the body. */
  readonly first: Buffer;
  private readonly own: Buffer;

  private constructor(
    path: string,
    readonly bodyBytes: number,
    connection: number,
    readonly rest: Buffer,
  ) {
    this.own = Buffer.alloc(bodyBytes - rest.length, FILL);
    // An answer that belongs to another connection is told by this.
    this.own.write(`${connection} `);
    this.first = Buffer.concat([Buffer.from(requestHead(path, bodyBytes)), this.own]);
  }

  /** One for each connection. */
  static forEach(connections: number, path: string, bodyBytes: number): Exchange[] {
    const rest = Buffer.alloc(Math.max(0, bodyBytes - OWN_BYTES), FILL);
    return Array.from({ length: connections }, (_, i) => new Exchange(path, bodyBytes, i, rest));
  }

  /** Whether `part` is what the body has at `offset`. */
  matches(part: Buffer, offset: number): boolean {
    const split = Math.max(0, Math.min(part.length, this.own.length - offset));
    const after = Math.max(0, offset - this.own.length);
    return (
      part.subarray(0, split).equals(this.own.subarray(offset, offset + split)) &&
      part.subarray(split).equals(this.rest.subarray(after, after + part.length - split))
    );
  }
}

/** Request line and headers, the blank line included. */
export function requestHead(path: string, bodyBytes: number): string {
  const lines = ['Host: localhost', 'Content-Type: application/octet-stream', `Content-Length: ${bodyBytes}`];
  return [`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
