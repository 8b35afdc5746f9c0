import type { Readable } from 'node:stream';
import { endUpload, isGone } from './http2-stream.js';

/** An upload in progress. */
export interface Upload {
  readonly startedAt: number;
  receivedBytes: number;
  /** It brings too little. */
  tooSlow(): void;
}

const CHECK_MS = 1_000;
/** An upload may be slow for this long, and a refused one may go on. */
const GRACE_MS = 5_000;

/** Ends uploads that are too slow, with one timer for all and none while nothing is uploaded. */
export class UploadWatch {
  private readonly uploads = new Set<Upload>();
  private timer?: NodeJS.Timeout;

  /** @param minBytesPerSecond average rate below which an upload ends; 0 lets any take its time */
  constructor(
    private readonly minBytesPerSecond: number,
    private readonly now: () => number,
  ) {}

  add(upload: Upload): void {
    if (this.minBytesPerSecond === 0) return;
    this.uploads.add(upload);
    this.timer ??= setInterval(() => this.check(), CHECK_MS).unref();
  }

  remove(upload: Upload): void {
    this.uploads.delete(upload);
  }

  /** Reads on without keeping anything, so that the client gets to read the refusal; ends what goes on for long. */
  discard(body: Readable): void {
    if (isGone(body)) return;
    body.resume();
    const timer = setTimeout(() => endUpload(body), GRACE_MS).unref();
    body.once('close', () => clearTimeout(timer));
  }

  private check(): void {
    const now = this.now();
    for (const upload of this.uploads) {
      const elapsedMs = now - upload.startedAt;
      const tooFew = (elapsedMs / 1_000) * this.minBytesPerSecond;
      if (elapsedMs >= GRACE_MS && upload.receivedBytes < tooFew) upload.tooSlow();
    }
    if (this.uploads.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
