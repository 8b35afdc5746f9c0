import { type Clock } from './clock.js';

/**
 * Timers tick in milliseconds. What is due within this time is sent with this tick, as waiting for the next one would add
 * more to its latency than it is early by.
 */
const LOOK_AHEAD_MS = 0.5;

/** Sends at given times, whatever becomes of the requests. */
export class OpenLoop {
  private readonly origin: number;
  private takeBack: (() => void) | undefined;
  private next: IteratorResult<number>;

  /**
   * @param times milliseconds from now, ascending
   * @param send gets the intended start, on the clock
   */
  constructor(
    private readonly clock: Clock,
    private readonly times: Iterator<number>,
    private readonly send: (dueAt: number) => void,
  ) {
    this.origin = clock.now();
    this.next = times.next();
    this.sleep();
  }

  stop(): void {
    this.takeBack?.();
    this.takeBack = undefined;
  }

  private sleep(): void {
    if (this.next.done) return;
    this.takeBack = this.clock.later(() => this.wake(), this.origin + this.next.value - this.clock.now());
  }

  private wake(): void {
    const until = this.clock.now() + LOOK_AHEAD_MS;
    for (; !this.next.done && this.origin + this.next.value <= until; this.next = this.times.next()) {
      this.send(this.origin + this.next.value);
    }
    this.sleep();
  }
}
