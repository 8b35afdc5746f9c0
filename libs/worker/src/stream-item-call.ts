import { MosecError, type StreamCall, type Streamed, type WorkItem } from '#libs/contracts';
import type { EventOutlet } from './event-outlet.js';
import { ItemCall } from './item-call.js';

const NOTHING = new Uint8Array(0);

export interface StreamItemOptions {
  /** The value that the handler returns is the last event. */
  readonly sendResult: boolean;
  /** Whether the call has its `forward` for itself, so that it may be ended by an error. */
  readonly isAlone: boolean;
}

/** One item of a streaming stage in the worker, with its events on their way out. */
export class StreamItemCall extends ItemCall implements StreamCall<Streamed> {
  constructor(
    item: WorkItem,
    private readonly outlet: EventOutlet,
    private readonly options: StreamItemOptions,
  ) {
    super(item);
  }

  get lastEventId(): string | undefined {
    return this.context.lastEventId;
  }

  override get isStreaming(): boolean {
    return this.outlet.isOpen;
  }

  sendEvent(event: Streamed): Promise<void> {
    if (this.settled || this.cancelled) return this.refuse();
    const sent = this.outlet.send(event);
    if (sent) return sent;
    const cause = new Error(
      'events were sent without waiting for the promises of sendEvent, faster than they are read',
    );
    this.failure = new MosecError('inference internal error', 500, 'INTERNAL', { cause });
    this.cancel();
    return this.refuse();
  }

  override grant(bytes: number): void {
    this.outlet.grant(bytes);
  }

  override cancel(): void {
    super.cancel();
    this.outlet.abandon();
  }

  override flushEvents(): void {
    this.outlet.flush();
  }

  override endStream(value: unknown): Uint8Array | Promise<Uint8Array> | undefined {
    if (this.cancelled) return NOTHING;
    if (value !== undefined && this.options.sendResult) void this.sendEvent({ data: value });
    else if (value !== undefined && !this.isStreaming) return undefined;
    return this.outlet.close()?.then(() => NOTHING) ?? NOTHING;
  }

  /** In a batch an error would take the other items down. */
  private refuse(): Promise<void> {
    if (!this.options.isAlone) return Promise.resolve();
    const refused = Promise.reject(new MosecError('nobody waits for the stream any more', 499, 'CANCELLED'));
    // A stage that does not wait for the promise is no reason to end its worker.
    refused.catch(() => undefined);
    return refused;
  }
}
