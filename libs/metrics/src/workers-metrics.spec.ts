import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counterOf, gaugeOf, reportOf, sampleOf, textOf } from './family.fixture.js';
import { WorkersMetrics } from './workers-metrics.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function workersOf() {
  const warn = vi.fn<(message: string, worker: string) => void>();
  const workers = new WorkersMetrics({ namespace: 'ns', maxSeries: 10, now: () => Date.now(), warn });
  const start = (workerId: number, stage = 'Read') => {
    const scrape = vi.fn();
    return { scrape, record: workers.keep(stage, workerId, scrape) };
  };
  const shown = (name: string): string[] => textOf(workers.families).filter((line) => line.startsWith(name));
  return { workers, warn, start, shown };
}

/** Whether it resolves without any time passing. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  await vi.advanceTimersByTimeAsync(0);
  return settled;
}

describe('when a scrape asks the workers', () => {
  it('should be done when all have answered', async () => {
    const { workers, start } = workersOf();
    const [one, two] = [start(1), start(2)];
    const refreshed = workers.refresh();
    one.record.reported(reportOf());
    expect(await isSettled(refreshed)).toBe(false);
    two.record.reported(reportOf());
    expect(await isSettled(refreshed)).toBe(true);
  });

  it('should not wait longer than a moment, and mark what is old', async () => {
    const { workers, start, shown } = workersOf();
    const { record } = start(1);
    const first = workers.refresh();
    record.reported(reportOf(counterOf('c', sampleOf(3))));
    await first;
    vi.setSystemTime(Date.now() + 5000);
    const second = workers.refresh();
    await vi.advanceTimersByTimeAsync(100);
    await second;
    expect(shown('c')).toEqual(['c{stage="Read"} 3']);
    expect(shown('ns_worker_metrics_stale')).toEqual(['ns_worker_metrics_stale{stage="Read",worker="1"} 1']);
    expect(shown('ns_worker_metrics_age')).toEqual(['ns_worker_metrics_age_seconds{stage="Read",worker="1"} 5.1']);
  });

  it('should neither wait for a worker that owes an answer nor ask it again', async () => {
    const { workers, start, shown } = workersOf();
    const { scrape, record } = start(1);
    const first = workers.refresh();
    await vi.advanceTimersByTimeAsync(100);
    await first;
    expect(await isSettled(workers.refresh())).toBe(true);
    expect(scrape).toHaveBeenCalledTimes(1);
    record.reported(reportOf());
    void workers.refresh();
    expect(scrape).toHaveBeenCalledTimes(2);
    record.reported(reportOf());
    expect(shown('ns_worker_metrics_stale')).toEqual(['ns_worker_metrics_stale{stage="Read",worker="1"} 0']);
  });

  it('should not wait for a worker that ends', async () => {
    const { workers, start } = workersOf();
    const { record } = start(1);
    const refreshed = workers.refresh();
    record.ended();
    expect(await isSettled(refreshed)).toBe(true);
  });

  it('should ask once for scrapes at the same time', () => {
    const { workers, start } = workersOf();
    const { scrape } = start(1);
    expect(workers.refresh()).toBe(workers.refresh());
    expect(scrape).toHaveBeenCalledTimes(1);
  });
});

describe('when workers come and go', () => {
  it('should add up the workers of a stage and tell stages apart', () => {
    const { start, shown } = workersOf();
    start(1).record.reported(reportOf(counterOf('c', sampleOf(1))));
    start(2).record.reported(reportOf(counterOf('c', sampleOf(2))));
    start(1, 'Write').record.reported(reportOf(counterOf('c', sampleOf(5))));
    expect(shown('c')).toEqual(['c{stage="Read"} 3', 'c{stage="Write"} 5']);
  });

  it('should keep the counters of a dead one and forget its gauges', () => {
    const { start, shown } = workersOf();
    const { record } = start(1);
    record.reported(reportOf(counterOf('c', sampleOf(4)), gaugeOf('g', sampleOf(1))));
    record.ended();
    expect([shown('c'), shown('g'), shown('ns_worker_metrics_age')]).toEqual([['c{stage="Read"} 4'], [], []]);
    start(1).record.reported(reportOf(counterOf('c', sampleOf(1))));
    expect(shown('c')).toEqual(['c{stage="Read"} 5']);
  });

  it('should add up two that serve in one place while one takes over', () => {
    const { start, shown } = workersOf();
    const old = start(1);
    old.record.reported(reportOf(counterOf('c', sampleOf(4)), gaugeOf('g', sampleOf(7))));
    const fresh = start(1);
    fresh.record.reported(reportOf(counterOf('c', sampleOf(1)), gaugeOf('g', sampleOf(8))));
    expect([shown('c'), shown('g')]).toEqual([['c{stage="Read"} 5'], ['g{stage="Read"} 8']]);
    old.record.ended();
    expect(shown('c')).toEqual(['c{stage="Read"} 5']);
  });

  it('should show for each worker what is of its process', () => {
    const { start, shown } = workersOf();
    for (const id of [1, 2])
      start(id).record.reported(reportOf({ ...gaugeOf('process_g', sampleOf(id)), perWorker: true }));
    expect(shown('process_g')).toEqual([
      'process_g{stage="Read",worker="1"} 1',
      'process_g{stage="Read",worker="2"} 2',
    ]);
  });
});

describe('when a worker has too many series', () => {
  it('should count what was left out, and warn once with the cure', () => {
    const { start, shown, warn } = workersOf();
    const { record } = start(1);
    for (let scrape = 0; scrape < 2; scrape++) record.reported({ families: [], dropped: 3, droppedFrom: 'users' });
    expect(shown('ns_worker_series_dropped')).toEqual(['ns_worker_series_dropped_total{stage="Read",worker="1"} 6']);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/"users".*maxWorkerSeries/), 'Read#1']]);
  });
});

describe('when a worker cannot read its metrics', () => {
  it('should keep what is known and warn once', () => {
    const { start, shown, warn } = workersOf();
    const { record } = start(1);
    record.reported(reportOf(counterOf('c', sampleOf(4))));
    for (let scrape = 0; scrape < 2; scrape++) record.reported({ ...reportOf(), failure: 'no sensor' });
    expect(shown('c')).toEqual(['c{stage="Read"} 4']);
    expect(warn.mock.calls).toEqual([['metrics cannot be read: no sensor', 'Read#1']]);
  });
});
