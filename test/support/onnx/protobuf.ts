const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
const PAYLOAD_BITS = 7n;
const PAYLOAD_MASK = 0x7fn;
const MORE = 0x80;

/** Base-128, as protobuf writes integers; negative ones as 64 bits of two's complement. */
export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > PAYLOAD_MASK) {
    bytes.push(Number(rest & PAYLOAD_MASK) | MORE);
    rest >>= PAYLOAD_BITS;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

export function integer(field: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

/** A text, bytes, or a message given by its fields. */
export function block(field: number, content: string | Uint8Array | readonly Buffer[]): Buffer {
  const bytes = Array.isArray(content) ? Buffer.concat(content) : Buffer.from(content as string);
  return Buffer.concat([varint((field << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

export function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint((field << 3) | FIXED_32), bytes]);
}
