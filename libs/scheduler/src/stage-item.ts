import type { Outcome, RequestTrace, StageTiming, TraceCarrier, WorkItem } from '#libs/contracts';
import type { EventWindow } from './event-window.js';
import { QueueEntry } from './item-queue-entry.js';

/** One request at one stage, as its pool sees it. */
export abstract class StageItem extends QueueEntry implements WorkItem {
  abstract readonly payload: Uint8Array;
  abstract readonly inputFormat: number;
  abstract readonly outputFormat: number;
  abstract readonly context: string;

  /** The batch it is in while a replica has it. Only the pool writes it. */
  batch?: { readonly id: number };
  /** The worker that had it last at the present stage; 0 if none. Only the pool writes it. */
  workerId = 0;
  /** Replicas that died while this item was running in them, at the present stage. Only the pool writes it. */
  deaths = 0;

  /** Where its times are written down, stage by stage; absent where nobody wants to know. */
  timings?: StageTiming[] | undefined;

  /** Absent where requests are not traced. */
  trace?: RequestTrace | undefined;

  /** The trace of its batch, where it is the first item there. Only the pool writes it. */
  batchTrace?: TraceCarrier | undefined;

  /** Set once it streams: from then on it is not run again. Only the pool writes it. */
  window?: EventWindow;

  /**
   * Takes events that its replica has sent, valid during the call alone unless copied; `StagePool.consumed` says when
   * they have been read.
   */
  abstract receive(payload: Uint8Array, count: number): void;

  /** Takes the outcome of the present stage; called once per stage, never after the pool was told to drop the item. */
  abstract settle(outcome: Outcome): void;
}
