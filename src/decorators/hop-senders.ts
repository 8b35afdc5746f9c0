import { builtInHopCodec } from '#libs/codec';
import type { HopCodec } from '#libs/contracts';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { getPipelineStages } from './pipeline-stages.js';
import { resolveStageRef, type ResolvedStageRef } from './resolve-stage-ref.js';
import { getStageDefinition, type StageDefinition } from './stage-definition.js';
import type { StageRef } from './stage-ref.js';

/** A stage that hands over in a codec that users wrote. */
export interface HopSender {
  readonly definition: StageDefinition;
  readonly codec: HopCodec;
}

/**
 * The stages that hand over to each pool in a codec that its workers do not know by themselves.
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
  const codec = definition?.options.ipc;
  return codec && hasOwnHopCodec(definition.options) ? { definition, codec } : undefined;
}

/** Whether workers of other stages have to import the stage's file to read what it hands over. */
export function hasOwnHopCodec({ ipc }: StageOptions): boolean {
  return ipc !== undefined && builtInHopCodec(ipc.name) !== ipc;
}

function addTo(known: readonly HopSender[], sender: HopSender, { stageClass }: ResolvedStageRef): boolean {
  const namesake = known.find(({ codec }) => codec.name === sender.codec.name);
  if (!namesake) return true;
  if (namesake.codec === sender.codec) return false;
  throw new MosecConfigurationError(
    `Stages "${namesake.definition.name}" and "${sender.definition.name}" hand over to stage "${stageClass.name}" in ` +
      `two codecs named "${sender.codec.name}": use one codec, or give the two different names.`,
  );
}
