import type { WheelEntry } from '#libs/pipeline';
import type { StreamOptions } from './stream-options.js';

/** What the pulse of a stream asks for. */
export interface PulseActions {
  /** The stream has been silent for long. */
  beat(): void;
  /** The client has not read for too long. */
  stalled(): void;
}

type PulseOptions = Pick<StreamOptions, 'keepAliveMs' | 'slowClientTimeoutMs' | 'wheel'>;

/** When a stream needs a comment, or its client has to be given up. Its entry on the wheel moves only when it comes up. */
export class StreamPulse implements WheelEntry {
  wheelPrevious?: WheelEntry;
  wheelNext?: WheelEntry;
  wheelSlot = -1;
  deadline = 0;
  private wroteAt: number;
  private unreadSince?: number | undefined;

  constructor(
    private readonly options: PulseOptions,
    private readonly now: () => number,
    private readonly actions: PulseActions,
  ) {
    this.wroteAt = now();
    this.wait();
  }

  /** Something was written. @param isRead whether the client has taken all of it */
  wrote(isRead: boolean): void {
    this.wroteAt = this.now();
    if (!isRead) this.unread();
  }

  /** What was written has to wait for the client from now on. */
  unread(): void {
    if (this.unreadSince !== undefined) return;
    this.unreadSince = this.now();
    const { wheel, slowClientTimeoutMs } = this.options;
    if (this.unreadSince + slowClientTimeoutMs >= this.deadline) return;
    wheel.remove(this);
    this.wait();
  }

  /** The client has taken everything. */
  read(): void {
    this.unreadSince = undefined;
    this.wroteAt = this.now();
    if (this.wheelSlot < 0) this.wait();
  }

  stop(): void {
    this.options.wheel.remove(this);
  }

  expire(): void {
    if (this.now() >= this.dueAt) {
      if (this.unreadSince !== undefined) return this.actions.stalled();
      this.wroteAt = this.now();
      this.actions.beat();
    }
    this.wait();
  }

  private get dueAt(): number {
    const { keepAliveMs, slowClientTimeoutMs } = this.options;
    return this.unreadSince === undefined ? this.wroteAt + keepAliveMs : this.unreadSince + slowClientTimeoutMs;
  }

  private wait(): void {
    this.deadline = this.dueAt;
    if (this.wheelSlot < 0) this.options.wheel.add(this);
  }
}
