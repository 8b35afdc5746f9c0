import { waitFor } from './wait-for.js';

/** One sample of the Prometheus text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Scrape {
  /** By metric: `counter`, `gauge`, `histogram`, `summary`. */
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
  /** Sum of the samples of that name which have these labels. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

export async function scrape(url: string): Promise<Scrape> {
  return parseScrape(await (await fetch(`${url}/metrics`)).text());
}

/** As `scrape`, once every worker has answered in time: on a busy machine values may be those of the scrape before. */
export function freshScrape(url: string): Promise<Scrape> {
  const isFresh = ({ sum }: Scrape): boolean => sum('mosec_service_worker_metrics_stale') === 0;
  return waitFor(
    async () => {
      const page = await scrape(url);
      return isFresh(page) && page;
    },
    { what: 'a scrape that all workers have answered' },
  );
}

/** A page in the text format. */
export function parseScrape(page: string): Scrape {
  const lines = page.split('\n');
  const types = new Map(lines.flatMap((line) => (line.startsWith('# TYPE ') ? [typeOf(line)] : [])));
  const samples = lines.filter((line) => line !== '' && !line.startsWith('#')).map(parseSample);
  return {
    types,
    samples,
    sum: (name, labels = {}) => {
      const wanted = Object.entries(labels);
      return samples
        .filter((sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value))
        .reduce((total, { value }) => total + value, 0);
    },
  };
}

function typeOf(line: string): [string, string] {
  const [, , name = '', type = ''] = line.split(' ');
  return [name, type];
}

function parseSample(line: string): Sample {
  const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]);
  return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
}
