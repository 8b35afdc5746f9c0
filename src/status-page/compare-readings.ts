import type { RouteTotals, StageTotals } from '#libs/metrics';
import type { StatusReading } from './status-reading.interface.js';
import type { RouteSample, StageSample, StatusSample } from './status-sample.interface.js';

/** What a reading shows, and what happened since an earlier one. */
export function compareReadings(before: StatusReading | undefined, now: StatusReading): StatusSample {
  const { unreadyReason, pipelines, pools, totals } = now;
  const seconds = before && (now.at - before.at) / 1000;
  const stages = new Map(totals.stages.map((stage) => [stage.stage, stage]));
  const stagesBefore = new Map(before?.totals.stages.map((stage) => [stage.stage, stage]));
  const routesBefore = new Map(before?.totals.routes.map((route) => [route.endpoint, route]));
  return {
    unreadyReason,
    pipelines,
    stages: pools.map((pool) => ({
      ...pool,
      ...stageRates(stagesBefore.get(pool.stage), stages.get(pool.stage), seconds),
    })),
    routes: totals.routes.map((route) => routeSample(routesBefore.get(route.endpoint), route, seconds)),
  };
}

type StageRates = Pick<StageSample, 'itemsPerSecond' | 'waitMs' | 'computeMs' | 'fill'>;

function stageRates(before?: StageTotals, now?: StageTotals, seconds?: number): StageRates {
  if (!before || !now) return { itemsPerSecond: null, waitMs: null, computeMs: null, fill: null };
  const items = now.items - before.items;
  return {
    itemsPerSecond: ratio(items, seconds),
    waitMs: ratio(now.waitMs - before.waitMs, items),
    computeMs: ratio(now.computeMs - before.computeMs, now.batches - before.batches),
    fill: ratio(now.filled.sum - before.filled.sum, now.filled.count - before.filled.count),
  };
}

/** An endpoint that was not known before has had no answers before. */
function routeSample(before: RouteTotals | undefined, now: RouteTotals, seconds?: number): RouteSample {
  const { endpoint, answers, failures, totalMs } = now;
  const fresh = answers - (before?.answers ?? 0);
  return {
    endpoint,
    answers,
    failures,
    perSecond: ratio(fresh, seconds),
    failedPerSecond: ratio(failures - (before?.failures ?? 0), seconds),
    meanMs: seconds === undefined ? null : ratio(totalMs - (before?.totalMs ?? 0), fresh),
  };
}

function ratio(amount: number, of: number | undefined): number | null {
  return of ? amount / of : null;
}
