import { RedisHandOver } from '#libs/handover';
import { mergeStageOptions } from './merge-stage-options.js';
import { getPipelineStages } from './pipeline-stages.js';
import { resolveStageRef, type ResolvedStageRef } from './resolve-stage-ref.js';
import { getStageDefinition } from './stage-definition.js';
import type { StageRef } from './stage-ref.js';

/** The pools that hand over through Redis in some pipeline: to a stage behind them, and both in processes of their own. */
export function redisSenders(pipelineClasses: readonly object[]): ReadonlySet<StageRef> {
  const senders = new Set<StageRef>();
  for (const pipelineClass of pipelineClasses) {
    const places = (getPipelineStages(pipelineClass as never) ?? []).map(resolveStageRef);
    for (const [index, place] of places.entries()) {
      const next = places[index + 1];
      if (next && !isInline(next) && redisOf(place)) senders.add(place.runtime);
    }
  }
  return senders;
}

/** The Redis of a stage that runs in a process. */
export function redisOf(place: ResolvedStageRef): RedisHandOver | undefined {
  const ipc = getStageDefinition(place.stageClass)?.options.ipc;
  return ipc instanceof RedisHandOver && !isInline(place) ? ipc : undefined;
}

function isInline({ stageClass, overrides }: ResolvedStageRef): boolean {
  return mergeStageOptions(getStageDefinition(stageClass)?.options ?? {}, overrides).execution === 'inline';
}
