import { type Labels } from './exposition.js';
import { readHistogram, type HistogramReading } from './histogram-reading.js';
import { type Scrape } from './scrape.js';
import { type ServerReading, type StageReading } from './server-reading.js';

const MS_PER_SECOND = 1000;
const CPU_SECONDS = 'process_cpu_seconds_total';

/** What happened at the server between two scrapes. */
export function readServer(before: Scrape, after: Scrape): ServerReading {
  const seconds = (after.at - before.at) / MS_PER_SECOND;
  const stages = after.stages.map((stage) => readStage(before, after, stage, seconds));
  return { seconds, cpuCores: cpuCores(before, after, seconds), stages };
}

/** A replaced worker has begun again at 0, so each process counts by itself. */
function cpuCores(before: Scrape, after: Scrape, seconds: number): number | undefined {
  const samples = after.all(CPU_SECONDS);
  if (samples.length === 0 || seconds <= 0) return undefined;
  const used = samples.map(({ labels, value }) => {
    const { stage = '', worker = '' } = labels;
    const earlier = before
      .all(CPU_SECONDS)
      .find(({ labels: l }) => (l['stage'] ?? '') === stage && (l['worker'] ?? '') === worker);
    return earlier && earlier.value <= value ? value - earlier.value : value;
  });
  return used.reduce((sum, value) => sum + value, 0) / seconds;
}

function readStage(before: Scrape, after: Scrape, stage: string, seconds: number): StageReading {
  const of = { stage };
  const grown = (name: string): number => Math.max(0, after.sum(name, of) - before.sum(name, of));
  const histogram = (name: string): HistogramReading => readHistogram(before, after, name, of);
  const service = histogram('process_duration_second');
  const wait = histogram('queue_wait_seconds');
  const replicas = after.sum('worker_up', of) || after.own('worker_up', of).length;
  return {
    stage,
    replicas,
    ...readBatches(histogram('batch_size'), histogram('batch_fill_ratio'), service.count),
    releases: releasesOf(before, after, of),
    holdMeanMs: histogram('batch_duration_second').mean * MS_PER_SECOND,
    queueMeanMs: wait.mean * MS_PER_SECOND,
    queueP90Ms: wait.quantile(0.9) * MS_PER_SECOND,
    serviceMeanMs: service.mean * MS_PER_SECOND,
    busy: seconds > 0 && replicas > 0 ? service.sum / (seconds * replicas) : 0,
    shed: grown('shed_total'),
    expired: grown('expired_total'),
    cancelled: grown('cancelled_total'),
    retried: grown('retried_total'),
    restarts: grown('worker_restarts_total'),
  };
}

/** A stage that takes items one at a time has no series of batches: each of its items is one. */
function readBatches(size: HistogramReading, fill: HistogramReading, single: number) {
  if (size.count === 0) {
    return { batches: single, items: single, meanBatch: single > 0 ? 1 : 0, maxBatchSize: undefined, fill: undefined };
  }
  const maxBatchSize = fill.mean > 0 ? Math.round(size.mean / fill.mean) : undefined;
  return { batches: size.count, items: size.sum, meanBatch: size.mean, maxBatchSize, fill: fill.mean };
}

function releasesOf(before: Scrape, after: Scrape, of: Labels): Record<string, number> {
  const reasons = after.own('batch_released_total', of).map(({ labels, value }) => {
    const reason = labels['reason'] ?? '';
    return [reason, Math.max(0, value - before.sum('batch_released_total', { ...of, reason }))] as const;
  });
  return Object.fromEntries(reasons.filter(([, count]) => count > 0));
}
