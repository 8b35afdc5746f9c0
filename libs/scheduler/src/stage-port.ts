import type { AdmissionStage } from './admission.js';
import type { StageItem } from './stage-item.js';

/** Where a request waits for one stage of its pipeline, wherever that runs. */
export interface StagePort extends AdmissionStage {
  /** Name of the stage, as in logs and metrics. */
  readonly stage: string;
  /** Takes an item, which gets its outcome later, never during this call. */
  submit(item: StageItem): void;
  /** Nobody waits for the item any more. */
  drop(item: StageItem): void;
  /** The item's client has read so many bytes of its events. */
  consumed(item: StageItem, bytes: number): void;
}
