/** How long events of one turn may be gathered, in milliseconds: a turn that computes on and on is not waited for. */
const GATHER_MS = 1;

/** What has events that wait to leave. */
export interface Outlet {
  /** Only the turn writes it. */
  gathered: boolean;
  /** Lets them leave, as far as it may. */
  flush(): void;
}

/**
 * Gathers the events of all streams of a worker that are sent in one turn of its event loop, so that they leave in one
 * write. After a quiet moment the first ones leave at once.
 */
export class EventTurn {
  private gathered: Outlet[] = [];
  private flushedAt = -Infinity;
  private scheduled = false;
  private turn?: Promise<void>;

  /** @param written what was flushed may leave now */
  constructor(
    private readonly written: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * The outlet has events.
   * @param urgent they are not to wait for the end of the turn
   * @returns set when this turn has been long: whoever goes on before it is over keeps everything else waiting
   */
  gather(outlet: Outlet, urgent = false): Promise<void> | undefined {
    if (!outlet.gathered) this.gathered.push(outlet);
    outlet.gathered = true;
    const isLong = this.now() - this.flushedAt >= GATHER_MS;
    if (urgent || isLong) this.flush();
    else this.schedule();
    return isLong ? this.nextTurn() : undefined;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.gathered.length > 0) this.flush();
    });
  }

  private flush(): void {
    const outlets = this.gathered;
    this.gathered = [];
    this.flushedAt = this.now();
    for (const outlet of outlets) {
      outlet.gathered = false;
      outlet.flush();
    }
    this.written();
  }

  private nextTurn(): Promise<void> {
    return (this.turn ??= new Promise((resolve) => {
      setImmediate(() => {
        this.turn = undefined;
        resolve();
      });
    }));
  }
}
