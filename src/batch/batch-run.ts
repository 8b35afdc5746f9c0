import { type BatchPlan } from './batch-plan.js';
import { type BatchTally } from './batch-tally.js';
import { formatOf, type LineFormat } from './input/line-format.js';
import { type InputLine } from './input/input-line.js';
import { parseLine, readRequest, type LineRequest } from './input/line-request.js';
import { OrderedWindow, type OpenLine } from './output/ordered-window.js';
import { isSuccess, resultLine, type LineOutcome } from './output/result-line.js';
import { type ResultSink } from './output/result-sink.js';
import { type ConcurrencyLimit } from './sending/concurrency-limit.js';
import { type LineSender } from './sending/line-sender.js';
import { type StopSignal } from './stop-signal.js';

/** So many lines may wait behind one that takes longer; what they hold is bounded by bytes. */
const WINDOW_PER_CONNECTION = 32;
const WINDOW_BYTES = 64 * 1024 * 1024;
/** How fast a large answer is forgotten when room is kept for those on their way. */
const FORGET = 0.95;

export interface BatchRunParts {
  readonly plan: BatchPlan;
  readonly run: string;
  readonly sink: ResultSink;
  readonly sender: LineSender;
  readonly limit: ConcurrencyLimit;
  readonly stop: StopSignal;
  readonly tally: BatchTally;
}

/** Takes lines while there is room for them, and writes their outcomes in order. */
export class BatchRun {
  private readonly window: OrderedWindow;
  private format: LineFormat | undefined;
  private expectedBytes = 0;
  private wake: () => void = () => undefined;

  constructor(private readonly parts: BatchRunParts) {
    const { plan, sink, stop } = parts;
    this.format = plan.format === 'auto' ? undefined : plan.format;
    const changed = (): void => this.wake();
    this.window = new OrderedWindow(sink, (entry) => this.written(entry), changed);
    stop.watch(changed);
  }

  /** Of a line that an earlier run has done, which still may tell the format. */
  pass(line: InputLine): void {
    this.formatFor(line);
    const { tally } = this.parts;
    tally.inputBytes = tally.earlierBytes = line.end;
  }

  /**
   * @returns whether every line has its outcome in the output
   * @throws Error when the output cannot be written
   */
  async work(lines: AsyncIterable<InputLine>): Promise<boolean> {
    const { stop } = this.parts;
    let readAll = true;
    for await (const line of lines) {
      await this.until(() => stop.isStopping || this.hasRoom(line));
      if (this.window.failure) throw this.window.failure;
      readAll = !stop.isStopping;
      if (!readAll) break;
      this.begin(line);
    }
    readAll &&= !stop.isStopping;
    await this.until(() => !this.window.isBusy && this.parts.tally.active === 0);
    if (this.window.failure) throw this.window.failure;
    return readAll && this.window.size === 0;
  }

  private hasRoom({ bytes }: InputLine): boolean {
    const { tally, limit, plan } = this.parts;
    const { window } = this;
    if (window.size === 0) return true;
    if (tally.active >= limit.value || window.size >= plan.concurrency * WINDOW_PER_CONNECTION) return false;
    return window.bytes + bytes.length + (tally.active + 1) * this.expectedBytes <= WINDOW_BYTES;
  }

  private begin(line: InputLine): void {
    const entry = this.window.enter(line);
    const format = this.formatFor(line);
    const request = readRequest(line, { ...this.parts.plan, format });
    if ('code' in request) this.settle(entry, request, { status: undefined, ...request }, format);
    else void this.send(entry, request, format);
  }

  private async send(entry: OpenLine, request: LineRequest, format: LineFormat): Promise<void> {
    const { sender, tally } = this.parts;
    tally.active++;
    const outcome = await sender.outcomeOf(request, this.keyOf(entry.line));
    tally.active--;
    if (outcome) this.settle(entry, request, outcome, format);
    else this.wake();
  }

  private settle(
    entry: OpenLine,
    { customId }: Pick<LineRequest, 'customId'>,
    outcome: LineOutcome,
    format: LineFormat,
  ): void {
    const name = { number: entry.line.number, customId, key: this.keyOf(entry.line) };
    const text = resultLine(name, outcome, format);
    this.expectedBytes = Math.max(text.length, this.expectedBytes * FORGET);
    this.window.settle(entry, text, !isSuccess(outcome));
    this.wake();
  }

  private written({ line, failed }: OpenLine): void {
    const { tally, plan, stop } = this.parts;
    tally.lines++;
    tally.inputBytes = line.end;
    if (!failed) return;
    tally.failed++;
    if (plan.failFast) stop.stop();
  }

  private keyOf({ number }: InputLine): string {
    return `${this.parts.run}-${number}`;
  }

  private formatFor(line: InputLine): LineFormat {
    if (this.format) return this.format;
    const parsed = parseLine(line, this.parts.plan.maxLineBytes);
    if (!('value' in parsed)) return 'plain';
    return (this.format = formatOf(parsed.value));
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.window.failure) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}
