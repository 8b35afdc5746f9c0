import { RedisHandOver, WorkerStores } from '#libs/handover';
import type { StageClass } from '../decorators/stage-class.js';
import { getStageDefinition } from '../decorators/stage-definition.js';

/**
 * Connects a worker to the stores that it writes to and reads from; undefined where there are none.
 * @param own number of the store of its own stage
 * @param senders stores of the stages before
 */
export function openStores(
  stageClass: StageClass,
  own: number | undefined,
  senders: ReadonlyMap<number, RedisHandOver>,
  onDown: (reason: string) => void,
): Promise<WorkerStores | undefined> {
  const stores = new Map(senders);
  const { ipc } = getStageDefinition(stageClass)?.options ?? {};
  if (own !== undefined && ipc instanceof RedisHandOver) stores.set(own, ipc);
  return WorkerStores.open({ stores, own, onDown });
}
