import { type InputLine } from '../input/input-line.js';
import { type ResultSink } from './result-sink.js';

/** A line without its place in the output yet. */
export interface OpenLine {
  readonly line: InputLine;
  text: string | undefined;
  failed: boolean;
}

/** Writes outcomes in the order of the lines, however they come, as many at once as there are. */
export class OrderedWindow {
  private readonly open: OpenLine[] = [];
  /** First of `open` that is left: taking from the front of an array would move the rest. */
  private front = 0;
  private writing = false;
  private problem: Error | undefined;
  /** Bytes of the lines inside and of their outcomes. */
  bytes = 0;

  /**
   * @param written tells of a line that is written
   * @param changed something left, or cannot be written any more
   */
  constructor(
    private readonly sink: ResultSink,
    private readonly written: (line: OpenLine) => void,
    private readonly changed: () => void,
  ) {}

  get size(): number {
    return this.open.length - this.front;
  }

  /** Why nothing is written any more. */
  get failure(): Error | undefined {
    return this.problem;
  }

  /** Whether the first line has its outcome, which is about to be written. */
  get isBusy(): boolean {
    return this.problem === undefined && (this.writing || this.open[this.front]?.text !== undefined);
  }

  enter(line: InputLine): OpenLine {
    const entry: OpenLine = { line, text: undefined, failed: false };
    this.open.push(entry);
    this.bytes += line.bytes.length;
    return entry;
  }

  settle(entry: OpenLine, text: string, failed: boolean): void {
    entry.text = text;
    entry.failed = failed;
    this.bytes += text.length;
    if (!this.writing && !this.problem) void this.write();
  }

  private async write(): Promise<void> {
    this.writing = true;
    // What is settled in the same turn is written together.
    await Promise.resolve();
    try {
      for (let ready = this.take(); ready.length > 0; ready = this.take()) {
        const { line } = ready[ready.length - 1] as OpenLine;
        const upTo = { lines: line.number, fingerprint: line.fingerprint };
        await this.sink.write(ready.map(({ text }) => text).join(''), upTo);
        for (const entry of ready) this.leave(entry);
        this.changed();
      }
    } catch (error) {
      this.problem = error as Error;
    }
    this.writing = false;
    this.changed();
  }

  private take(): OpenLine[] {
    const from = this.front;
    while (this.open[this.front]?.text !== undefined) this.front++;
    const ready = this.open.slice(from, this.front);
    // Moved seldom, so that a line costs the same in a long window.
    if (this.front * 2 >= this.open.length) {
      this.open.splice(0, this.front);
      this.front = 0;
    }
    return ready;
  }

  private leave(entry: OpenLine): void {
    this.bytes -= entry.line.bytes.length + (entry.text?.length ?? 0);
    this.written(entry);
  }
}
