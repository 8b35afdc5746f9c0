import { describePool } from '../control/describe-pool.js';
import { getRoutes } from '../decorators/route.decorator.js';
import { monotonicNow } from '../mosec.clock.js';
import type { MosecEngine } from '../mosec.engine.js';
import type { StatusReading } from './status-reading.interface.js';

/** All that the page shows comes through here. */
export function readStatus({ stages, pipelines, metrics, unreadyReason }: MosecEngine): StatusReading {
  const at = monotonicNow();
  return {
    at,
    unreadyReason,
    pipelines: [...pipelines].map(([pipelineClass, pipeline]) => ({
      name: pipelineClass.name,
      paths: getRoutes(pipelineClass)?.paths ?? [],
      stages: pipeline.stages,
    })),
    pools: stages.map((stage) => describePool(stage, at)),
    totals: metrics.totals,
  };
}
