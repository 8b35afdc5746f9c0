const MAX_LINE = 16_384;

/** Cuts a worker's output into lines; a longer line than 16 384 characters is cut. */
export class LineSplitter {
  private rest = '';

  constructor(private readonly onLine: (line: string) => void) {}

  push(chunk: string): void {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.emit(line);
    if (this.rest.length > MAX_LINE) this.end();
  }

  end(): void {
    const { rest } = this;
    this.rest = '';
    this.emit(rest);
  }

  private emit(line: string): void {
    const text = line.trimEnd();
    if (text) this.onLine(text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text);
  }
}
