import type { Agenda } from './agenda.js';

interface Task {
  readonly costMs: number;
  readonly run: () => void;
}

/**
 * The one thread of a Node process. What comes while it works waits for the next turn; a turn takes all that waits, and
 * what its tasks have gathered leaves at its end, in one write.
 */
export class EventLoop {
  busyMs = 0;
  private pending: Task[] = [];
  private isBusy = false;

  /** @param flush sends what was gathered in a turn */
  constructor(
    private readonly agenda: Agenda,
    private readonly turnMs: number,
    private readonly flush: () => void,
  ) {}

  post(costMs: number, run: () => void): void {
    this.pending.push({ costMs, run });
    if (this.isBusy) return;
    this.isBusy = true;
    // After what happens at this very moment: it is of the same turn.
    this.agenda.after(0, () => this.turn());
  }

  private turn(): void {
    const tasks = this.pending;
    this.pending = [];
    const costMs = tasks.reduce((sum, task) => sum + task.costMs, this.turnMs);
    this.agenda.after(costMs, () => {
      this.busyMs += costMs;
      for (const task of tasks) task.run();
      this.flush();
      if (this.pending.length > 0) this.turn();
      else this.isBusy = false;
    });
  }
}
