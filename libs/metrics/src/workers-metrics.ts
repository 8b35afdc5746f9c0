import type { MetricFamily, MetricSample, WorkerRecord } from '#libs/contracts';
import { aggregate, byName, labelled } from './aggregate.js';
import { WorkerLife } from './worker-life.js';
import { WorkerPlace } from './worker-place.js';

export interface WorkersMetricsOptions {
  readonly namespace: string;
  /** Most series of one worker. */
  readonly maxSeries: number;
  /** Milliseconds. */
  readonly now: () => number;
  readonly warn: (message: string, worker: string) => void;
}

/** How long a scrape waits for the workers that it asks, in milliseconds. */
const ANSWER_MS = 100;

/**
 * What the workers say of themselves. They are asked at a scrape, for a short while; one that is silent is shown as it was,
 * and marked. When nobody scrapes, nothing is asked, sent or kept.
 */
export class WorkersMetrics {
  private readonly places = new Map<string, WorkerPlace>();
  private refreshing?: Promise<void> | undefined;

  constructor(private readonly options: WorkersMetricsOptions) {}

  /** A worker is ready. @param scrape asks it for its metrics */
  keep(stage: string, workerId: number, scrape: () => void): WorkerRecord {
    const { maxSeries, now, warn } = this.options;
    const name = `${stage}#${workerId}`;
    const place = this.places.get(name) ?? new WorkerPlace(stage, String(workerId), maxSeries);
    this.places.set(name, place);
    const life = new WorkerLife({
      maxSeries,
      scrape,
      now,
      warn: (message) => warn(message, name),
      dropped: (series) => (place.dropped += series),
      ended: (ended) => place.remove(ended),
    });
    place.add(life);
    return life;
  }

  /** Asks all workers that owe no answer; resolves when they have answered, at the latest after 0.1 s. */
  refresh(): Promise<void> {
    return (this.refreshing ??= this.ask().finally(() => (this.refreshing = undefined)));
  }

  private async ask(): Promise<void> {
    const asked = [...this.places.values()].flatMap(({ living }) => living.map((life) => life.ask()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, ANSWER_MS)));
    await Promise.race([Promise.all(asked), late]);
    clearTimeout(timer);
  }

  /** What is known of the workers. */
  get families(): MetricFamily[] {
    const places = [...this.places.values()];
    const own = places.flatMap(({ stage, worker, families }) =>
      families.filter(({ perWorker }) => perWorker).map((family) => labelled(family, { stage, worker })),
    );
    const stages = new Set(places.map(({ stage }) => stage));
    return [...this.ages(places), ...own, ...[...stages].flatMap((stage) => this.ofStage(stage, places))];
  }

  /** What the stage itself counts, over all its workers. */
  private ofStage(stage: string, places: readonly WorkerPlace[]): MetricFamily[] {
    const families = places
      .filter((place) => place.stage === stage)
      .flatMap((place) => place.families.filter(({ perWorker }) => !perWorker));
    return byName(families)
      .flatMap((same) => aggregate(same) ?? [])
      .map((family) => labelled(family, { stage }));
  }

  private ages(places: readonly WorkerPlace[]): MetricFamily[] {
    const { namespace } = this.options;
    const family = (suffix: string, help: string, value: (place: WorkerPlace) => number | undefined): MetricFamily => ({
      name: `${namespace}_worker_${suffix}`,
      help,
      type: suffix.endsWith('_total') ? 'counter' : 'gauge',
      aggregator: 'sum',
      samples: places.flatMap((place) => sample(place, value(place))),
    });
    return [
      family(
        'metrics_age_seconds',
        'age of the values that a worker has given of itself',
        ({ youngest }) => youngest && youngest.ageMs / 1000,
      ),
      family(
        'metrics_stale',
        'whether a worker owes an answer, so that its values are old ones',
        ({ youngest }) => youngest && Number(youngest.isStale),
      ),
      family(
        'series_dropped_total',
        'series of workers that were left out, summed over scrapes',
        ({ dropped }) => dropped,
      ),
    ];
  }
}

function sample({ stage, worker }: WorkerPlace, value: number | undefined): MetricSample[] {
  return value === undefined ? [] : [{ suffix: '', labels: { stage, worker }, value }];
}
