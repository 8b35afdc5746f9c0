import type { HopCodec } from '#libs/contracts';
import { RedisHandOver } from '#libs/handover';
import type { StageAssignment } from '#libs/worker';
import { hopCodecOf } from '../decorators/hop-codec-of.js';
import { getStageDefinition } from '../decorators/stage-definition.js';
import { findStage } from './find-stage.js';

/** What a worker has to know of the stages before to read what they hand over. */
export interface SenderFacts {
  /** Codecs that users wrote. */
  readonly hopCodecs: readonly HopCodec[];
  /** By the number of the store in handles. */
  readonly stores: ReadonlyMap<number, RedisHandOver>;
}

/** Importing the files of these stages brings their codecs and stores along. */
export async function readSenders(senders: NonNullable<StageAssignment['hopSenders']>): Promise<SenderFacts> {
  const hopCodecs: HopCodec[] = [];
  const stores = new Map<number, RedisHandOver>();
  for (const { file, className, store } of senders) {
    const options = getStageDefinition(await findStage(file, className))?.options ?? {};
    const codec = hopCodecOf(options);
    if (codec) hopCodecs.push(codec);
    if (store !== undefined && options.ipc instanceof RedisHandOver) stores.set(store, options.ipc);
  }
  return { hopCodecs, stores };
}
