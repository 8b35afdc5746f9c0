import { type Clock } from '../load/clock.js';
import { batchCost } from '../suggest/batch-cost.js';
import { type BatchCost } from '../suggest/suggestion.js';
import { MetricsReader } from './metrics-reader.js';
import { readServer } from './read-server.js';
import { type ServerReading } from './server-reading.js';

/** So many looks at the server during a run: enough to see batches of different sizes. */
const LOOKS = 20;
/** Looking more often would be a load of its own. */
const SHORTEST_GAP_MS = 1000;

/** The server's own metrics over the time of the measurement. */
export class ServerObserver {
  private readonly reader: MetricsReader;

  constructor(url: URL, clock: Clock) {
    this.reader = new MetricsReader(url, clock);
  }

  /** The server observes some of its series only from the first scrape on. */
  prepare(): Promise<void> {
    return this.reader.scrape();
  }

  begin(durationMs: number): void {
    this.reader.scrapes.length = 0;
    void this.reader.scrape();
    this.reader.every(Math.max(SHORTEST_GAP_MS, durationMs / LOOKS));
  }

  /** Resolves when the last scrape is there. */
  async end(): Promise<void> {
    await this.reader.stop();
    await this.reader.scrape();
  }

  /** Why there is no reading. */
  get problem(): string | undefined {
    return this.reader.problem;
  }

  /** Undefined if the first or the last scrape failed. */
  get whole(): ServerReading | undefined {
    const { scrapes, problem } = this.reader;
    const [first, last] = [scrapes[0], scrapes.at(-1)];
    return first && last && first !== last && problem === undefined ? readServer(first, last) : undefined;
  }

  /** By stage, where batches of different sizes were seen. */
  get batchCosts(): Map<string, BatchCost> {
    const { scrapes } = this.reader;
    const readings = scrapes.slice(1).flatMap((after, index) => {
      const before = scrapes[index];
      return before ? readServer(before, after).stages : [];
    });
    const costs = new Map<string, BatchCost>();
    for (const stage of new Set(readings.map((reading) => reading.stage))) {
      const cost = batchCost(readings.filter((reading) => reading.stage === stage));
      if (cost) costs.set(stage, cost);
    }
    return costs;
  }
}
