import type { Life } from './life.js';
import type { Slot } from './slot.js';

/** What the restart of one place asks of its supervisor. */
export interface Renewal {
  /** The place is done with a replica of this generation. */
  readonly generation: number;
  /** Whether the replacement is ready before the old replica leaves. */
  readonly surge: boolean;
  readonly isStopping: () => boolean;
  launch(slot: Slot): void;
  launchSuccessor(slot: Slot): void;
  retire(life: Life): void;
}

/**
 * Puts a fresh replica into a place, and resolves when it serves and the old one has ended. What happens in the place
 * meanwhile, a crash or another replacement, is waited for and seen anew.
 * @returns why the replacement could not start; undefined when all is well
 */
export async function renewSlot(slot: Slot, by: Renewal): Promise<string | undefined> {
  while (!slot.isGone && !by.isStopping()) {
    const { current, successor } = slot;
    const latest = successor ?? current;
    if (!latest) {
      slot.cancelRestart();
      by.launch(slot);
    } else if (latest.generation === by.generation) {
      return finish(slot, latest, current);
    } else if (latest === successor || !latest.batches) {
      await latest.started;
    } else if (by.surge) {
      by.launchSuccessor(slot);
    } else {
      by.retire(latest);
      await latest.over;
    }
  }
  return undefined;
}

async function finish(slot: Slot, fresh: Life, old: Life | undefined): Promise<string | undefined> {
  const cause = await fresh.started;
  if (cause !== undefined) return slot.isGone ? undefined : cause;
  if (old !== fresh) await old?.over;
  return undefined;
}
