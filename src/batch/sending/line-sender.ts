import { type LineRequest } from '../input/line-request.js';
import { backoffMs } from './backoff.js';
import { type ConcurrencyLimit } from './concurrency-limit.js';
import { type Outage } from './outage.js';
import { type Reply } from './reply.js';
import { isOverload, verdictOf, type Verdict } from './verdict.js';

export interface LineSenderOptions {
  readonly send: (route: string, body: Buffer, key: string) => Promise<Reply>;
  /** Rests, or ends early when the run stops. */
  readonly rest: (ms: number) => Promise<void>;
  readonly isStopping: () => boolean;
  readonly limit: ConcurrencyLimit;
  readonly outage: Outage;
  readonly retries: number;
  readonly patienceMs: number;
  readonly now: () => number;
  readonly random: () => number;
}

interface Attempts {
  inARow: number;
  failures: number;
  refusedSince: number | undefined;
}

/** Sends a line until it has its outcome. */
export class LineSender {
  private onTheirWay = 0;

  constructor(private readonly options: LineSenderOptions) {}

  /** @returns undefined when the run stops before there is an outcome */
  async outcomeOf({ route, body }: LineRequest, key: string): Promise<Reply | undefined> {
    const { send, rest, isStopping, patienceMs, random } = this.options;
    const attempts: Attempts = { inARow: 0, failures: 0, refusedSince: undefined };
    for (;;) {
      const mark = this.options.limit.mark;
      this.onTheirWay++;
      const reply = await send(route, body, key);
      this.onTheirWay--;
      const verdict = verdictOf(reply);
      this.learn(verdict, reply, mark);
      if (verdict === 'final') return reply;
      // An attempt that was given up says nothing.
      if (isStopping()) return undefined;
      if (this.isGivenUp(attempts, verdict)) return reply;
      const asked = reply.status === undefined ? undefined : reply.retryAfterMs;
      await rest(backoffMs(++attempts.inARow, asked, patienceMs, random()));
      if (isStopping()) return undefined;
    }
  }

  private learn(verdict: Verdict, reply: Reply, mark: number): void {
    const { limit, outage } = this.options;
    if (verdict === 'final') limit.answered();
    else limit.refused(mark, isOverload(reply));
    if (verdict === 'refused') outage.refused(reply, this.onTheirWay > 0);
    else if (reply.status !== undefined) outage.answered();
  }

  private isGivenUp(attempts: Attempts, verdict: Verdict): boolean {
    const { retries, patienceMs, now } = this.options;
    if (verdict === 'failed') return ++attempts.failures > retries;
    attempts.refusedSince ??= now();
    return now() - attempts.refusedSince > patienceMs;
  }
}
