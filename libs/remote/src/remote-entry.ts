import type { SharedBytes, WorkItem } from '#libs/contracts';
import type { StageItem } from '#libs/scheduler';

/** One item of a gateway on its way to a host and back. */
export class RemoteEntry {
  /** Whether it may be in Redis. */
  isSent = false;
  /** Whether events have come: then it is not run again. */
  isStreaming = false;
  /** Nobody waits for its outcome any more, or it has it. */
  isDone = false;
  /** The slot of the payload until Redis has its bytes. */
  private shared?: SharedBytes | undefined;

  constructor(
    readonly item: StageItem,
    readonly id: string,
    readonly sequence: number,
    readonly submittedAt: number,
  ) {}

  holdPayload(): void {
    if (this.shared) return;
    this.shared = (this.item as WorkItem).shared;
    this.shared?.hold();
  }

  releasePayload(): void {
    this.shared?.release();
    this.shared = undefined;
  }
}
