import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { checkAsync } from './check-async.js';
import { checkRoutes } from './check-routes.js';
import { checkStage, checkStageNames, type CheckContext } from './check-stage.js';
import { getDecoratedStages, getInheritedStages } from './pipeline-stages.js';
import { resolveStageRef, type ResolvedStageRef } from './resolve-stage-ref.js';
import { getStageDefinition } from './stage-definition.js';
import type { StageRef } from './stage-ref.js';

export interface PipelineCheckContext extends CheckContext {
  /** Paths of the server's own; nothing at or below them may be a route (below `/` anything may). */
  readonly reservedPaths: readonly string[];
  /** Whether the application has asynchronous jobs. @default false */
  readonly jobs?: boolean;
}

/**
 * Refuses at start what could not work.
 * @throws MosecConfigurationError naming the first culprit and the cure
 */
export function checkPipelines(pipelineClasses: readonly unknown[], context: PipelineCheckContext): void {
  const classes = [...new Set(pipelineClasses)].map(requireClass);
  const places = new Map<StageRef, ResolvedStageRef>();
  for (const pipelineClass of classes) {
    for (const place of stagesOf(pipelineClass)) places.set(place.runtime, place);
  }
  for (const place of places.values()) checkStage(place, context);
  checkStageNames([...places.values()].map(({ stageClass }) => stageClass));
  checkRoutes(classes, context.reservedPaths);
  for (const pipelineClass of classes) checkAsync(pipelineClass, context.jobs === true);
}

type AnyClass = abstract new (...args: never[]) => unknown;

function requireClass(value: unknown): AnyClass {
  if (isClass(value)) return value;
  throw new MosecConfigurationError(
    `MosecModule.forFeature() lists "${nameOf(value)}", which is not a class: ` +
      'list pipeline classes, and move one to a file of its own if two files import each other.',
  );
}

function stagesOf(pipelineClass: AnyClass): ResolvedStageRef[] {
  const { name } = pipelineClass;
  const decorated = getDecoratedStages(pipelineClass);
  const inherited = getInheritedStages(pipelineClass);
  if (decorated && inherited) {
    throw new MosecConfigurationError(
      `Pipeline "${name}" has @Pipeline and extends PipelineOf(...): keep one of the two.`,
    );
  }
  const stages = decorated ?? inherited;
  if (!stages) {
    throw new MosecConfigurationError(
      `Class "${name}" is not a pipeline: decorate it with @Pipeline([...]), or let it extend PipelineOf(...).`,
    );
  }
  if (stages.length === 0) {
    throw new MosecConfigurationError(`Pipeline "${name}" has no stages: list at least one in @Pipeline([...]).`);
  }
  const places = stages.map((stage, index) => requireStageClass(stage, index, name));
  refuseEarlyStream(places, name);
  return places;
}

/** What a stream would hand to the next stage is no one value. */
function refuseEarlyStream(places: readonly ResolvedStageRef[], pipeline: string): void {
  const early = places.slice(0, -1).find(({ stageClass }) => getStageDefinition(stageClass)?.stream);
  if (!early) return;
  throw new MosecConfigurationError(
    `Stage "${early.stageClass.name}" of pipeline "${pipeline}" streams, and only the last stage may: ` +
      'put it last, or decorate it with @Stage and let it return its result.',
  );
}

function requireStageClass(ref: unknown, index: number, pipeline: string): ResolvedStageRef {
  const place = resolveStageRef(ref as StageRef);
  if (isClass(place.stageClass)) return place;
  throw new MosecConfigurationError(
    `Stage ${index + 1} of pipeline "${pipeline}" is "${nameOf(place.stageClass)}", not a class: ` +
      'list classes that have @Stage, and move one to a file of its own if two files import each other.',
  );
}

function isClass(value: unknown): value is AnyClass {
  return typeof value === 'function' && typeof value.prototype === 'object';
}

function nameOf(value: unknown): string {
  return typeof value === 'function' ? value.name : String(value);
}
