import { MosecError } from '#libs/contracts';
import { resolveStageRef } from '../decorators/resolve-stage-ref.js';
import type { StageRef } from '../decorators/stage-ref.js';
import type { RunningStage } from './running-stage.interface.js';

/**
 * The stage of that name, or the pool of that class or `stageRuntime`.
 * @throws MosecError `NOT_FOUND` naming the stages that there are
 */
export function findStage(stages: readonly RunningStage[], wanted: string | StageRef): RunningStage {
  const runtime = typeof wanted === 'string' ? undefined : resolveStageRef(wanted).runtime;
  const found = stages.find(({ pool, ref }) => (runtime ? ref === runtime : pool.stage === wanted));
  if (found) return found;
  const name = typeof wanted === 'string' ? wanted : resolveStageRef(wanted).stageClass.name;
  const known = stages.map(({ pool }) => `"${pool.stage}"`).join(', ') || 'none';
  throw new MosecError(`there is no stage "${name}"; the stages are: ${known}`, 404, 'NOT_FOUND');
}
