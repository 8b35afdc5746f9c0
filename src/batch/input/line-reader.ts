import { type TextLine } from './text-line.js';

const LINE_FEED = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * Lines of a stream of bytes. Of a line that is longer than `keepBytes` only its beginning is kept.
 * @param seen is shown the bytes of a line as they come, before the line itself
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  keepBytes: number,
  seen?: (bytes: Buffer) => void,
): AsyncGenerator<TextLine> {
  const builder = new LineBuilder(keepBytes, seen);
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      builder.add(chunk.subarray(from, to));
      yield builder.end(true);
      from = to + 1;
    }
    if (from < chunk.length) builder.add(chunk.subarray(from));
  }
  if (builder.isBegun) yield builder.end(false);
}

class LineBuilder {
  private parts: Buffer[] = [];
  private kept = 0;
  private length = 0;
  private number = 0;
  private position = 0;

  constructor(
    private readonly keepBytes: number,
    private readonly seen: ((bytes: Buffer) => void) | undefined,
  ) {}

  get isBegun(): boolean {
    return this.length > 0;
  }

  add(bytes: Buffer): void {
    this.seen?.(bytes);
    this.length += bytes.length;
    const part = bytes.subarray(0, this.keepBytes - this.kept);
    this.kept += part.length;
    if (part.length > 0) this.parts.push(part);
  }

  end(ended: boolean): TextLine {
    const { parts, length } = this;
    const bytes = parts.length === 1 ? (parts[0] ?? NOTHING) : Buffer.concat(parts);
    this.position += length + (ended ? 1 : 0);
    this.parts = [];
    this.kept = this.length = 0;
    return { number: ++this.number, bytes, length, end: this.position, ended };
  }
}
