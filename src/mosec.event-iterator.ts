import type { MosecError, Outcome, Streamed } from '#libs/contracts';

/** The request behind an iteration. */
export interface StreamedRequest {
  /** So many bytes of its events were read: the stage may send as many more. */
  consumed(bytes: number): void;
  /** Nobody reads on. */
  cancel(): void;
}

type Step = IteratorResult<Streamed, undefined>;

interface Waiter {
  readonly resolve: (step: Step) => void;
  readonly reject: (error: unknown) => void;
}

const DONE: Step = { done: true, value: undefined };
const NOTHING: Outcome = { payload: new Uint8Array(0) };

/** Events of one call as they are asked for: the stage goes on only when those before were. */
export class EventIterator implements AsyncIterableIterator<Streamed, undefined> {
  private readonly chunks: Uint8Array[] = [];
  private events: Streamed[] = [];
  /** Bytes of the chunk whose events are being given out. */
  private chunkBytes = 0;
  private readonly waiters: Waiter[] = [];
  private started = false;
  private request?: StreamedRequest | undefined;
  private outcome?: Outcome;

  /**
   * @param start called at the first `next`; undefined if the request was refused
   * @param read the events of a chunk
   */
  constructor(
    private readonly start: (iterator: EventIterator) => StreamedRequest | undefined,
    private readonly read: (chunk: Uint8Array) => Streamed[],
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      if (!this.started) this.begin();
      this.serve();
    });
  }

  /** Leaves the loop: the call is cancelled, and what has come of it is forgotten. */
  async return(): Promise<Step> {
    this.started = true;
    this.outcome = NOTHING;
    this.chunks.length = 0;
    this.events = [];
    this.request?.cancel();
    this.serve();
    return DONE;
  }

  push(chunk: Uint8Array): void {
    if (this.outcome) return;
    this.chunks.push(chunk);
    this.serve();
  }

  end(outcome: Outcome): void {
    this.outcome ??= outcome;
    this.serve();
  }

  private begin(): void {
    this.started = true;
    try {
      this.request = this.start(this);
    } catch (error) {
      this.end({ error: error as MosecError });
    }
  }

  private serve(): void {
    while (this.waiters.length > 0 && (this.refill() || this.outcome)) {
      const waiter = this.waiters.shift();
      const event = this.events.shift();
      if (event !== undefined) waiter?.resolve({ done: false, value: event });
      else this.finish(waiter);
    }
  }

  /** An error is thrown into the loop once; then it is over. */
  private finish(waiter: Waiter | undefined): void {
    const error = this.outcome?.error;
    this.outcome = NOTHING;
    if (error) waiter?.reject(error);
    else waiter?.resolve(DONE);
  }

  /** The events of a chunk have been read when the one behind them is asked for. */
  private refill(): boolean {
    if (this.events.length > 0) return true;
    if (this.chunkBytes > 0) this.request?.consumed(this.chunkBytes);
    const chunk = this.chunks.shift();
    this.chunkBytes = chunk?.length ?? 0;
    if (chunk) this.events = this.read(chunk);
    return this.events.length > 0;
  }
}
