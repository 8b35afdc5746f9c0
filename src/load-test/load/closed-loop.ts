import { type Clock } from './clock.js';

/** So long a user waits whose connection has failed: a server that is away would be asked without a pause. */
const PAUSE_MS = 100;

/** So many users at a time, each of whom sends when the last answer has come. */
export class ClosedLoop {
  private users = 0;
  private wanted = 0;
  private readonly pauses = new Set<() => void>();

  /** @param send gets the start, on the clock; its end has to be told by `settled` */
  constructor(
    private readonly clock: Clock,
    private readonly send: (dueAt: number) => void,
  ) {}

  /** Users that are one too many leave after their answer. */
  resize(users: number): void {
    this.wanted = users;
    while (this.users < this.wanted) {
      this.users++;
      this.send(this.clock.now());
    }
  }

  /** @param reached whether the server has answered at all */
  settled(reached: boolean): void {
    if (reached || this.users > this.wanted) return this.again();
    const takeBack = this.clock.later(() => {
      this.pauses.delete(takeBack);
      this.again();
    }, PAUSE_MS);
    this.pauses.add(takeBack);
  }

  stop(): void {
    this.wanted = 0;
    for (const takeBack of this.pauses) takeBack();
    this.pauses.clear();
  }

  private again(): void {
    if (this.users > this.wanted) this.users--;
    else this.send(this.clock.now());
  }
}
