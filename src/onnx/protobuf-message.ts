import type { ByteSource } from './byte-source.js';

/** https://protobuf.dev/programming-guides/encoding: the lowest three bits of a tag say how long the field is. */
const WIRE_BITS = 3n;
const WIRE_MASK = 7n;
const VARINT = 0;
const FIXED_64 = 1;
const BLOCK = 2;
const FIXED_32 = 5;
const MOST_VARINT_BYTES = 10;

/** One field: an integer, or what a length-delimited one holds. Floating point numbers are passed over. */
export interface ProtobufField {
  readonly number: number;
  readonly integer?: number;
  readonly message?: ProtobufMessage;
}

/** A range of a file that holds a protobuf message, read field by field. What is not looked at is not read. */
export class ProtobufMessage {
  constructor(
    private readonly source: ByteSource,
    private position = 0,
    private readonly end = source.length,
  ) {}

  *fields(): Generator<ProtobufField> {
    while (this.position < this.end) {
      const tag = this.varint();
      const number = Number(tag >> WIRE_BITS);
      const wire = Number(tag & WIRE_MASK);
      if (number === 0) throw new Error('it has a field without a number');
      if (wire === VARINT) yield { number, integer: Number(BigInt.asIntN(64, this.varint())) };
      else if (wire === BLOCK) yield { number, message: this.block() };
      else if (wire === FIXED_64) this.skip(8);
      else if (wire === FIXED_32) this.skip(4);
      else throw new Error(`it has a field of unknown form ${wire}`);
    }
  }

  text(): string {
    return this.source.read(this.position, this.end - this.position).toString();
  }

  private block(): ProtobufMessage {
    const length = Number(this.varint());
    const start = this.position;
    this.skip(length);
    return new ProtobufMessage(this.source, start, this.position);
  }

  private skip(length: number): void {
    this.position += length;
    if (this.position > this.end) throw new Error('it ends too early');
  }

  private varint(): bigint {
    let value = 0n;
    for (let i = 0n; i < MOST_VARINT_BYTES; i++) {
      const at = this.position;
      this.skip(1);
      const byte = this.source.at(at);
      value |= BigInt(byte & 0x7f) << (7n * i);
      if (byte < 0x80) return value;
    }
    throw new Error('it has a number of more than 64 bits');
  }
}
