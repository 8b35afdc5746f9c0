import { InferenceTimeoutError, type MosecError } from '#libs/contracts';
import type { WheelEntry } from './wheel-entry.js';

export interface OpenStreamOptions {
  /** When the whole stream must have ended, in epoch milliseconds; `Infinity` if there is no limit. */
  readonly endsAt: number;
  /** Limit of a silence in milliseconds; `Infinity` if there is none. */
  readonly idleTimeoutMs: number;
  readonly now: () => number;
  /** Whether events wait for the client: then the silence is not the stage's. */
  readonly isBehind: () => boolean;
  /** The deadline has moved: puts it on the wheel again. */
  readonly wait: (stream: OpenStream) => void;
  readonly timedOut: (error: MosecError) => void;
}

/** A stream from its first event on, with its limits. Its entry on the wheel moves only when it comes up. */
export class OpenStream implements WheelEntry {
  wheelPrevious?: WheelEntry;
  wheelNext?: WheelEntry;
  wheelSlot = -1;
  deadline = 0;
  private activeAt: number;

  constructor(private readonly options: OpenStreamOptions) {
    this.activeAt = options.now();
    this.wait();
  }

  /** An event came, or was read. */
  active(): void {
    this.activeAt = this.options.now();
  }

  expire(): void {
    const { endsAt, idleTimeoutMs, now, isBehind, timedOut } = this.options;
    if (isBehind()) this.active();
    if (now() >= endsAt) timedOut(new InferenceTimeoutError('the stream took too long'));
    else if (now() >= this.activeAt + idleTimeoutMs) timedOut(new InferenceTimeoutError('the stream fell silent'));
    else this.wait();
  }

  private wait(): void {
    const { endsAt, idleTimeoutMs, wait } = this.options;
    this.deadline = Math.min(endsAt, this.activeAt + idleTimeoutMs);
    wait(this);
  }
}
