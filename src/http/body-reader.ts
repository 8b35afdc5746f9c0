import type { Readable } from 'node:stream';
import { MosecError, UnavailableError, type PayloadStore, type SharedBytes } from '#libs/contracts';
import type { ByteBudget } from '#libs/pipeline';
import { isGone } from './http2-stream.js';
import type { Upload, UploadWatch } from './upload-watch.js';

export interface BodyLimits {
  readonly maxBytes: number;
  /** Counts the bytes from here on; whoever gets the body gives them back. */
  readonly budget: ByteBudget;
  readonly uploads: UploadWatch;
  /** Where bodies are put that are large enough. */
  readonly store?: PayloadStore | undefined;
}

/** A body, and its slot if it was put into shared memory: held once, for whoever gets it to release. */
export type OnBody = (error: MosecError | undefined, body?: Buffer, shared?: SharedBytes) => void;

/** Reads one request body within its limits. Calls back once. */
export class BodyReader implements Upload {
  receivedBytes = 0;
  private chunks: Buffer[] = [];
  private settled = false;

  constructor(
    private readonly stream: Readable,
    private readonly limits: BodyLimits,
    readonly startedAt: number,
    private readonly callback: OnBody,
  ) {}

  /** @param contentLength as announced; undefined for a chunked body */
  read(contentLength: string | undefined): void {
    const announced = Number(contentLength ?? 0);
    const refusal = this.refusal(announced);
    if (refusal) return this.settle(refusal);
    // A guard may have taken its time, and the client have left meanwhile: nothing would ever come.
    if (isGone(this.stream)) return this.onClose();
    this.limits.uploads.add(this);
    this.stream.on('data', this.onData).on('end', this.onEnd).on('close', this.onClose).on('error', ignore);
  }

  tooSlow(): void {
    if (!this.settled) this.settle(new MosecError('request body arrived too slowly', 408, 'TIMEOUT'));
  }

  private refusal(bytes: number): MosecError | undefined {
    if (bytes > this.limits.maxBytes) return new MosecError('request body is too large', 413, 'TOO_LARGE');
    return this.limits.budget.fits(bytes) ? undefined : new UnavailableError('too many bytes are waiting');
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.settled) return;
    const refusal =
      this.receivedBytes + chunk.length > this.limits.maxBytes
        ? this.refusal(this.receivedBytes + chunk.length)
        : this.refusal(chunk.length);
    if (refusal) return this.settle(refusal);
    this.receivedBytes += chunk.length;
    this.limits.budget.take(chunk.length);
    this.chunks.push(chunk);
  };

  private readonly onEnd = (): void => {
    if (this.settled) return;
    if (isGone(this.stream)) return this.onClose();
    const { chunks, receivedBytes } = this;
    const shared = this.limits.store?.store(chunks, receivedBytes);
    if (shared) this.settle(undefined, shared.bytes, shared);
    else this.settle(undefined, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, receivedBytes));
  };

  private readonly onClose = (): void => {
    if (!this.settled) this.settle(new MosecError('the client went away', 499, 'CANCELLED'));
  };

  /** The stream keeps its listeners: taking them off costs more than a request that is over does. */
  private settle(error: MosecError | undefined, body?: Buffer, shared?: SharedBytes): void {
    this.settled = true;
    this.limits.uploads.remove(this);
    this.chunks = [];
    if (error) this.limits.uploads.discard(this.stream);
    this.callback(error, body, shared);
  }
}

/** An aborted upload also closes the stream, which is what counts. */
function ignore(): void {}
