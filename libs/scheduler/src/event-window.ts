import { EVENT_WINDOW_BYTES } from '#libs/contracts';

/** Below this, it is not worth a frame to say that more may come: the worker has enough left to go on. */
const GRANT_BYTES = EVENT_WINDOW_BYTES / 2;

/** The bytes of one stream that came from its worker: read by nobody yet, or read and not granted anew. */
export class EventWindow {
  private unread = 0;
  private ungranted = 0;

  /** Whether some of them wait for the client. */
  get isBehind(): boolean {
    return this.unread > 0;
  }

  /** @returns false when the worker was not allowed to send */
  received(bytes: number): boolean {
    if (this.unread + this.ungranted >= EVENT_WINDOW_BYTES) return false;
    this.unread += bytes;
    return true;
  }

  /** @returns bytes to grant now */
  consumed(bytes: number): number {
    this.unread -= bytes;
    this.ungranted += bytes;
    if (this.ungranted < GRANT_BYTES) return 0;
    const granted = this.ungranted;
    this.ungranted = 0;
    return granted;
  }
}
