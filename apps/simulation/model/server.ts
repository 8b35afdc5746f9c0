import type { Agenda } from './agenda.js';

/** Does one thing at a time, in order of arrival: the one thread of Redis, or a network link. */
export class Server {
  private freeAt = 0;
  private admittedMs = 0;

  constructor(private readonly agenda: Agenda) {}

  /** Milliseconds that it has worked until now. */
  get busyMs(): number {
    return this.admittedMs - Math.max(0, this.freeAt - this.agenda.now);
  }

  serve(costMs: number, done: () => void): void {
    this.freeAt = Math.max(this.agenda.now, this.freeAt) + costMs;
    this.admittedMs += costMs;
    this.agenda.at(this.freeAt, done);
  }
}
