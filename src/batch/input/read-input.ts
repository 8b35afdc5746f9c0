import { type InputLine } from './input-line.js';
import { LineFingerprint } from './line-fingerprint.js';
import { readLines } from './line-reader.js';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Lines of the input; of one that is longer than `maxLineBytes` only its beginning. */
export async function* readInput(chunks: AsyncIterable<Buffer>, maxLineBytes: number): AsyncGenerator<InputLine> {
  const fingerprint = new LineFingerprint();
  for await (const line of readLines(chunks, maxLineBytes, (bytes) => fingerprint.update(bytes))) {
    yield {
      ...line,
      bytes: line.number === 1 ? withoutMark(line.bytes) : line.bytes,
      fingerprint: fingerprint.endLine(),
    };
  }
}

/** Some editors begin a file with it. */
function withoutMark(bytes: Buffer): Buffer {
  const { length } = BYTE_ORDER_MARK;
  return bytes.subarray(0, length).equals(BYTE_ORDER_MARK) ? bytes.subarray(length) : bytes;
}
