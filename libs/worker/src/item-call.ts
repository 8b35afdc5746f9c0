import type { BodySource, CallContext, MosecError, StageCall, TraceCarrier, WorkItem } from '#libs/contracts';

const NOTHING = Object.freeze({});

/** One item in the worker: its call as the stage sees it, and its value on the way through. */
export class ItemCall implements StageCall, BodySource {
  /** Decoded and validated input. */
  value: unknown;
  settled = false;
  /** Nobody waits for the answer any more. */
  cancelled = false;
  /** Why the item fails, whatever its handler comes to. */
  failure?: MosecError;
  private parsed?: CallContext;
  private controller?: AbortController;

  constructor(readonly item: WorkItem) {}

  get id(): string {
    return this.context.id;
  }
  get route(): string | undefined {
    return this.context.route;
  }
  get params(): StageCall['params'] {
    return this.context.params ?? NOTHING;
  }
  get query(): StageCall['query'] {
    return this.context.query ?? NOTHING;
  }
  get headers(): StageCall['headers'] {
    return this.context.headers ?? NOTHING;
  }
  get contentType(): string | undefined {
    return this.context.contentType;
  }
  /** The trace of its batch, where it is the first item there. */
  get batchTrace(): TraceCarrier | undefined {
    return this.context.batchTrace;
  }
  get deadline(): number {
    return this.item.deadline;
  }
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.cancelled) this.controller.abort();
    return this.controller.signal;
  }

  cancel(): void {
    this.cancelled = true;
    this.controller?.abort();
  }

  /** Whether events have been sent: then a second run would send them again. */
  get isStreaming(): boolean {
    return false;
  }

  /** The client has read so many bytes of the item's events. */
  grant(_bytes: number): void {}

  /** Events that wait go out before what comes next. */
  flushEvents(): void {}

  /**
   * The handler has returned.
   * @returns what settles the item where its events are the answer; undefined where `value` is
   */
  endStream(_value: unknown): Uint8Array | Promise<Uint8Array> | undefined {
    return undefined;
  }

  protected get context(): CallContext {
    return (this.parsed ??= JSON.parse(this.item.context) as CallContext);
  }
}
