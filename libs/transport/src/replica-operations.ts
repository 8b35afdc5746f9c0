import { MosecError } from '#libs/contracts';
import type { Life } from './life.js';
import { renewSlot, type Renewal } from './renew-slot.js';
import type { Slot } from './slot.js';
import type { SlotTable } from './slot-table.js';

/** What operations ask of the supervisor, which alone starts and ends replicas. */
export interface SlotKeeper extends Omit<Renewal, 'generation' | 'surge'> {
  readonly stage: string;
  readonly slots: SlotTable;
  /** Replicas that are launched from now on have the number that it returns. */
  nextGeneration(): number;
}

/** What an operator may do to the replicas of one stage while they serve. */
export class ReplicaOperations {
  private restarting = false;

  constructor(private readonly keeper: SlotKeeper) {}

  /**
   * Starts replicas, or lets some finish what they have and end, until there are `replicas`. Resolves when that is done.
   * @throws MosecError `START_FAILED` with the cause when a new one cannot start; it is tried again all the same
   */
  async scale(replicas: number): Promise<void> {
    const { keeper } = this;
    const joined = keeper.slots.grow(replicas);
    for (const slot of joined) keeper.launch(slot);
    const leaving = keeper.slots.shrink(replicas).flatMap((slot) => this.leave(slot));
    const causes = await Promise.all(joined.map(async (slot) => ({ slot, cause: await slot.current?.started })));
    for (const { slot, cause } of causes) this.check(slot, cause);
    await Promise.all(leaving.map(({ over }) => over));
  }

  /**
   * Replaces all replicas by fresh ones, one place at a time. Resolves when the last old one has ended.
   * @param surge whether each replacement is ready before the old replica leaves
   * @throws MosecError `CONFLICT` while another restart is under way; `START_FAILED` with the cause when a replacement
   * cannot start: the replicas that were not replaced yet go on
   */
  async restart(surge: boolean): Promise<void> {
    const { keeper } = this;
    if (this.restarting) {
      throw new MosecError(
        `stage "${keeper.stage}" is being restarted already: wait until that is done`,
        409,
        'CONFLICT',
      );
    }
    this.restarting = true;
    try {
      const renewal = { ...keeper, generation: keeper.nextGeneration(), surge };
      for (const slot of keeper.slots.all) this.check(slot, await renewSlot(slot, renewal));
    } finally {
      this.restarting = false;
    }
  }

  /** The place is given up. @returns what is left of it */
  private leave(slot: Slot): Life[] {
    slot.cancelRestart();
    const lives = [slot.current, slot.successor].filter((life) => life !== undefined);
    for (const life of lives) this.keeper.retire(life);
    return lives;
  }

  private check({ workerId, isGone }: Slot, cause: string | undefined): void {
    const { keeper } = this;
    if (keeper.isStopping()) throw new MosecError('the server stopped before this was done', 503, 'DRAINING');
    if (cause === undefined || isGone) return;
    throw new MosecError(`worker ${workerId} of stage "${keeper.stage}" cannot start: ${cause}`, 500, 'START_FAILED');
  }
}
