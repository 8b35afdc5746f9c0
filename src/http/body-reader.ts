import type { Readable } from 'node:stream';
import { MosecError, UnavailableError, type PayloadStore, type SharedBytes } from '#libs/contracts';
import type { ByteBudget } from '#libs/pipeline';
import { BodyDecoding } from './body-decoding.js';
import { joinAligned } from './join-aligned.js';
import { bodyTooLarge } from './body-too-large.js';
import type { ContentCoding } from './content-coding.js';
import { isGone } from './http2-stream.js';
import type { Upload, UploadWatch } from './upload-watch.js';

export interface BodyLimits {
  readonly maxBytes: number;
  /** Counts the bytes from here on; whoever gets the body gives them back. */
  readonly budget: ByteBudget;
  readonly uploads: UploadWatch;
  /** Where bodies are put that are large enough. */
  readonly store?: PayloadStore | undefined;
  /** Place in the body that has to be at a multiple of 8 in memory, for typed arrays on it. @default anywhere */
  readonly alignedAt?: number | undefined;
}

/** A body, and its slot if it was put into shared memory: held once, for whoever gets it to release. */
export type OnBody = (error: MosecError | undefined, body?: Buffer, shared?: SharedBytes) => void;

const AS_IT_IS: readonly ContentCoding[] = [];

/** Reads one request body within its limits, and undoes its content codings. Calls back once. */
export class BodyReader implements Upload {
  /** Of the body as it is handed over, its content codings undone. */
  bodyBytes = 0;
  private chunks: Buffer[] = [];
  private decoding?: BodyDecoding;
  private isSettled = false;

  constructor(
    private readonly stream: Readable,
    private readonly limits: BodyLimits,
    readonly startedAt: number,
    private readonly callback: OnBody,
  ) {}

  /** Bytes that the client has sent. */
  get receivedBytes(): number {
    return this.decoding ? this.decoding.receivedBytes : this.bodyBytes;
  }

  /**
   * @param contentLength as announced; undefined for a chunked body
   * @param codings content codings in the order in which they are undone
   */
  read(contentLength: string | undefined, codings = AS_IT_IS): void {
    const announced = Number(contentLength ?? 0);
    const refusal = this.refusal(announced);
    if (refusal) return this.settle(refusal);
    // A guard may have taken its time, and the client have left meanwhile: nothing would ever come.
    if (isGone(this.stream)) return this.cancel();
    this.limits.uploads.add(this);
    if (codings.length > 0) this.decode(codings);
    else this.stream.on('data', this.onData).on('end', this.onEnd);
    this.stream.on('close', this.onClose).on('error', ignore);
  }

  tooSlow(): void {
    if (!this.isSettled) this.settle(new MosecError('request body arrived too slowly', 408, 'TIMEOUT'));
  }

  /** The client went away: nobody waits for this body any more. */
  cancel(): void {
    if (!this.isSettled) this.settle(new MosecError('the client went away', 499, 'CANCELLED'));
  }

  private decode(codings: readonly ContentCoding[]): void {
    this.stream.once('end', () => (isGone(this.stream) ? this.cancel() : this.limits.uploads.remove(this)));
    this.decoding = new BodyDecoding(this.stream, codings, this.limits.maxBytes, {
      data: this.onData,
      end: this.onEnd,
      failed: (error) => this.settle(error),
    });
  }

  private refusal(bytes: number): MosecError | undefined {
    if (bytes > this.limits.maxBytes) return bodyTooLarge();
    return this.limits.budget.fits(bytes) ? undefined : new UnavailableError('too many bytes are waiting');
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.isSettled) return;
    const refusal =
      this.bodyBytes + chunk.length > this.limits.maxBytes
        ? this.refusal(this.bodyBytes + chunk.length)
        : this.refusal(chunk.length);
    if (refusal) return this.settle(refusal);
    this.bodyBytes += chunk.length;
    this.limits.budget.take(chunk.length);
    this.chunks.push(chunk);
  };

  private readonly onEnd = (): void => {
    if (this.isSettled) return;
    // What has been decoded came from a whole body, whose stream may be gone by now.
    if (!this.decoding && isGone(this.stream)) return this.cancel();
    const { chunks, bodyBytes } = this;
    const shared = this.limits.store?.store(chunks, bodyBytes);
    if (shared) return this.settle(undefined, shared.bytes, shared);
    // What a decoder made is copied, as a small piece of it keeps a large buffer alive that nobody has counted.
    const whole = chunks.length === 1 && !this.decoding ? chunks[0] : undefined;
    this.settle(undefined, joinAligned(chunks, bodyBytes, whole, this.limits.alignedAt));
  };

  private readonly onClose = (): void => {
    // What has arrived whole may still be on its way through the decoders.
    if (!this.stream.readableEnded) this.cancel();
  };

  /** The stream keeps its listeners: taking them off costs more than a request that is over does. */
  private settle(error: MosecError | undefined, body?: Buffer, shared?: SharedBytes): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.decoding?.stop();
    this.limits.uploads.remove(this);
    this.chunks = [];
    if (error) this.limits.uploads.discard(this.stream);
    this.callback(error, body, shared);
  }
}

/** An aborted upload also closes the stream, which is what counts. */
function ignore(): void {}
