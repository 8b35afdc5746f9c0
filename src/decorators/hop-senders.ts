import { builtInHopCodec } from '#libs/codec';
import type { HopCodec } from '#libs/contracts';
import type { RedisHandOver } from '#libs/handover';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { hopCodecOf } from './hop-codec-of.js';
import { getPipelineStages } from './pipeline-stages.js';
import { redisOf } from './redis-senders.js';
import { resolveStageRef, type ResolvedStageRef } from './resolve-stage-ref.js';
import { getStageDefinition, type StageDefinition } from './stage-definition.js';
import type { StageRef } from './stage-ref.js';

/** A stage that hands over in a codec that users wrote, or through Redis. */
export interface HopSender {
  readonly definition: StageDefinition;
  /** Absent where every worker knows it. */
  readonly codec?: HopCodec | undefined;
  readonly redis?: RedisHandOver | undefined;
}

/**
 * The stages that hand over to each pool in a codec that its workers do not know by themselves, or through Redis.
 * @throws MosecConfigurationError when two codecs of one name meet in a pool
 */
export function hopSenders(pipelineClasses: readonly object[]): ReadonlyMap<StageRef, readonly HopSender[]> {
  const senders = new Map<StageRef, HopSender[]>();
  for (const pipelineClass of pipelineClasses) {
    const places = (getPipelineStages(pipelineClass as never) ?? []).map(resolveStageRef);
    for (const [index, receiver] of places.entries()) {
      const sender = senderAt(places[index - 1]);
      if (!sender) continue;
      const known = senders.get(receiver.runtime) ?? [];
      if (addTo(known, sender, receiver)) senders.set(receiver.runtime, [...known, sender]);
    }
  }
  return senders;
}

function senderAt(place: ResolvedStageRef | undefined): HopSender | undefined {
  const definition = place && getStageDefinition(place.stageClass);
  if (!definition) return undefined;
  const codec = hasOwnHopCodec(definition.options) ? hopCodecOf(definition.options) : undefined;
  const redis = redisOf(place);
  return codec || redis ? { definition, codec, redis } : undefined;
}

/** Whether workers of other stages have to import the stage's file to read what it hands over. */
export function hasOwnHopCodec(options: StageOptions): boolean {
  const codec = hopCodecOf(options);
  return codec !== undefined && builtInHopCodec(codec.name) !== codec;
}

function addTo(known: readonly HopSender[], sender: HopSender, { stageClass }: ResolvedStageRef): boolean {
  const namesake = sender.codec && known.find(({ codec }) => codec?.name === sender.codec?.name);
  if (namesake && namesake.codec !== sender.codec) {
    throw new MosecConfigurationError(
      `Stages "${namesake.definition.name}" and "${sender.definition.name}" hand over to stage "${stageClass.name}" in ` +
        `two codecs named "${sender.codec?.name}": use one codec, or give the two different names.`,
    );
  }
  return !known.some(({ codec, redis }) => covers(codec, sender.codec) && covers(redis, sender.redis));
}

/** Whether what is known already is enough. */
function covers<T>(known: T | undefined, wanted: T | undefined): boolean {
  return wanted === undefined || known === wanted;
}
