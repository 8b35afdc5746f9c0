import { builtInFormat } from '#libs/codec';
import type { Codec } from '#libs/contracts';
import { codecsOf } from './codecs-of.js';
import { getPipelineStages } from './pipeline-stages.js';
import type { PipelineClass } from './pipeline-types.js';
import { resolveStageRef } from './resolve-stage-ref.js';
import { getRoutes } from './route.decorator.js';
import type { StageRef } from './stage-ref.js';

/** Formats of the codecs of this package that routes ask of a pool's workers besides the stage's own. */
export function routeFormats(pipelineClasses: readonly PipelineClass[]): ReadonlyMap<StageRef, readonly number[]> {
  const formats = new Map<StageRef, readonly number[]>();
  for (const pipelineClass of pipelineClasses) {
    const asked = routeCodecs(pipelineClass).flatMap((codec) => builtInFormat(codec) ?? []);
    const stages = getPipelineStages(pipelineClass) ?? [];
    for (const ref of [stages[0], stages.at(-1)]) {
      if (!ref || asked.length === 0) continue;
      const { runtime } = resolveStageRef(ref);
      formats.set(runtime, [...new Set([...(formats.get(runtime) ?? []), ...asked])]);
    }
  }
  return formats;
}

/** The codecs that a route has instead of those of its stages. */
export function routeCodecs(pipelineClass: PipelineClass): readonly Codec[] {
  return codecsOf(getRoutes(pipelineClass)?.options ?? {}) ?? [];
}
