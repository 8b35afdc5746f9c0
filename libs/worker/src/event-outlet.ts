import { EVENT_WINDOW_BYTES, type EventFormat, type Streamed } from '#libs/contracts';
import type { EventTurn, Outlet } from './event-turn.js';

/** Characters that may wait here for a client that reads slowly, if a stage does not wait for `sendEvent`. */
const MOST_WAITING = 1 << 20;
/** Events of one frame: their number is a 16-bit one. */
const MOST_EVENTS = 0xffff;

const SENT = Promise.resolve();

/** The events of one item, from the stage to the gateway, at the pace at which they are read there. */
export class EventOutlet implements Outlet {
  gathered = false;
  private text = '';
  private count = 0;
  /** Bytes that may be sent; the last flush may exceed it. */
  private credit = EVENT_WINDOW_BYTES;
  private opened = false;
  private resume?: () => void;
  private resumed?: Promise<void>;

  /** @param leave takes events to the gateway */
  constructor(
    private readonly format: EventFormat,
    private readonly turn: EventTurn,
    private readonly leave: (count: number, payload: Uint8Array) => void,
  ) {}

  /** Whether the gateway knows of the stream, so that what the item returns is not its answer. */
  get isOpen(): boolean {
    return this.opened || this.count > 0;
  }

  /**
   * @returns resolves when more may be sent; undefined when too much waits already, and nothing was taken
   * @throws TypeError when the event cannot be sent
   */
  send(event: Streamed): Promise<void> | undefined {
    const text = this.format.write(event);
    if (this.text.length > MOST_WAITING || this.count === MOST_EVENTS) return undefined;
    this.text += text;
    this.count++;
    const turned = this.turn.gather(this, !this.opened || this.count === MOST_EVENTS);
    return this.credit > this.text.length ? (turned ?? SENT) : this.whenResumed();
  }

  /** More was read by the client. */
  grant(bytes: number): void {
    this.credit += bytes;
    if (this.credit <= 0) return;
    if (this.count > 0) void this.turn.gather(this, true);
    this.release();
  }

  flush(): void {
    if (this.count === 0 || this.credit <= 0) return;
    const payload = Buffer.from(this.text);
    const { count } = this;
    this.drop();
    this.opened = true;
    this.credit -= payload.length;
    this.leave(count, payload);
  }

  /**
   * Nothing more comes: the stream is open from now on, also if it has no events.
   * @returns set while what waits has to wait for the client
   */
  close(): Promise<void> | undefined {
    if (!this.isOpen) {
      this.opened = true;
      this.leave(0, new Uint8Array(0));
    }
    this.flush();
    return this.count > 0 ? this.whenResumed().then(() => this.close()) : undefined;
  }

  /** Forgets what waits: nobody reads it. */
  abandon(): void {
    this.drop();
    this.release();
  }

  private drop(): void {
    this.text = '';
    this.count = 0;
  }

  private whenResumed(): Promise<void> {
    return (this.resumed ??= new Promise((resolve) => (this.resume = resolve)));
  }

  private release(): void {
    this.resume?.();
    this.resume = this.resumed = undefined;
  }
}
