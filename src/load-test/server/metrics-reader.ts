import { request } from 'undici';
import { type Clock } from '../load/clock.js';
import { Scrape } from './scrape.js';

/** A server that is busy still answers a scrape; one that does not in this time is left alone. */
const SCRAPE_TIMEOUT_MS = 5000;

/** Scrapes the server now and then. A scrape that fails is left out. */
export class MetricsReader {
  readonly scrapes: Scrape[] = [];
  /** Why the last scrape gave nothing. */
  problem: string | undefined;
  private pending: Promise<void> = Promise.resolve();
  private takeBack: (() => void) | undefined;

  constructor(
    private readonly url: URL,
    private readonly clock: Clock,
  ) {}

  /** One scrape at a time, in order. */
  scrape(): Promise<void> {
    this.pending = this.pending.then(() => this.read());
    return this.pending;
  }

  every(ms: number): void {
    this.takeBack = this.clock.later(() => {
      void this.scrape();
      this.every(ms);
    }, ms);
  }

  /** Waits for a scrape that is under way. */
  stop(): Promise<void> {
    this.takeBack?.();
    return this.pending;
  }

  private async read(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(SCRAPE_TIMEOUT_MS);
      const { statusCode, body } = await request(this.url, { headers: { accept: 'text/plain' }, signal });
      const page = await body.text();
      if (statusCode !== 200) throw new Error(`it answers ${statusCode}`);
      this.scrapes.push(new Scrape(page, this.clock.now()));
      this.problem = undefined;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}
