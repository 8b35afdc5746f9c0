import type { HopCodec } from '#libs/contracts';
import type { StageAssignment } from '#libs/worker';
import { getStageDefinition } from '../decorators/stage-definition.js';
import { findStage } from './find-stage.js';

/** The codecs in which these stages hand over; importing their files brings the codecs along. */
export async function findHopCodecs(senders: NonNullable<StageAssignment['hopSenders']>): Promise<HopCodec[]> {
  const codecs: HopCodec[] = [];
  for (const { file, className } of senders) {
    const codec = getStageDefinition(await findStage(file, className))?.options.ipc;
    if (codec) codecs.push(codec);
  }
  return codecs;
}
