import type { Flow, StageItem, StagePort } from '#libs/scheduler';

/** What a pipeline needs of a pool: holds its items until the spec settles them. */
export class FakePool implements StagePort {
  readonly items: StageItem[] = [];
  readonly dropped: StageItem[] = [];
  /** Codes of the requests that were refused because of it. */
  readonly refused: string[] = [];
  /** Bytes of events that were read. */
  readonly read: number[] = [];
  /** Formats of each item as it came in, and its payload as text. */
  readonly seen: { input: number; output: number; payload: string }[] = [];

  constructor(readonly stage: string) {}

  waitingShare(flow: Flow): number {
    return this.items.filter((item) => item.flow === flow).length;
  }

  predictedWaitMs(): number {
    return 0;
  }

  predictedServiceMs(): number {
    return 0;
  }

  shed(code: string): void {
    this.refused.push(code);
  }

  submit(item: StageItem): void {
    this.items.push(item);
    const { inputFormat: input, outputFormat: output, payload } = item;
    this.seen.push({ input, output, payload: Buffer.from(payload).toString() });
  }

  drop(item: StageItem): void {
    this.dropped.push(item);
    const at = this.items.indexOf(item);
    if (at >= 0) this.items.splice(at, 1);
  }

  consumed(_item: StageItem, bytes: number): void {
    this.read.push(bytes);
  }

  /** Settles the oldest item well. */
  answer(text: string): void {
    this.items.shift()!.settle({ payload: Buffer.from(text) });
  }
}
