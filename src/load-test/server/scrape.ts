import { parseExposition, type Labels, type Sample } from './exposition.js';

const ALWAYS_THERE = '_remaining_task';

/** The server's metrics at one moment. */
export class Scrape {
  private readonly byName = new Map<string, Sample[]>();
  /** What the names of its own series begin with, with the underscore. */
  readonly prefix: string;

  /**
   * @param at on the clock of the run
   * @throws Error when the page is not one of this package
   */
  constructor(
    page: string,
    readonly at: number,
  ) {
    for (const sample of parseExposition(page)) {
      const samples = this.byName.get(sample.name);
      if (samples) samples.push(sample);
      else this.byName.set(sample.name, [sample]);
    }
    const known = [...this.byName.keys()].find((name) => name.endsWith(ALWAYS_THERE));
    if (known === undefined) throw new Error(`it shows no series that ends in "${ALWAYS_THERE}"`);
    this.prefix = known.slice(0, 1 - ALWAYS_THERE.length);
  }

  /** Samples of a series of the package. @param name without the namespace */
  own(name: string, labels: Labels = {}): Sample[] {
    return this.all(`${this.prefix}${name}`, labels);
  }

  /** Sum over the samples of a series of the package. */
  sum(name: string, labels?: Labels): number {
    return this.own(name, labels).reduce((sum, { value }) => sum + value, 0);
  }

  /** Samples of that name which have these labels. */
  all(name: string, labels: Labels = {}): Sample[] {
    const wanted = Object.entries(labels);
    return (this.byName.get(name) ?? []).filter((sample) => wanted.every(([key, text]) => sample.labels[key] === text));
  }

  /** In the order of the page. */
  get stages(): string[] {
    return [...new Set(this.own('worker_up').map(({ labels }) => labels['stage'] ?? ''))];
  }
}
