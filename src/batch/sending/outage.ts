import { time } from '../../load-test/report/units.js';
import { type Reply } from './reply.js';

/** Notices when nobody is answered for long: then the lines are not the reason, and the run should stop. */
export class Outage {
  private since: number | undefined;

  /** @param begins is told once, why the run should stop */
  constructor(
    private readonly patienceMs: number,
    private readonly now: () => number,
    private readonly begins: (error: Error) => void,
  ) {}

  answered(): void {
    this.since = undefined;
  }

  /** @param othersWait whether the server may still answer another line */
  refused(reply: Reply, othersWait: boolean): void {
    this.since ??= this.now();
    if (othersWait || this.now() - this.since <= this.patienceMs) return;
    const last = reply.status === undefined ? reply.code : `status ${reply.status}`;
    this.begins(new Error(`The server has answered nothing for ${time(this.patienceMs)} (last: ${last}).`));
  }
}
