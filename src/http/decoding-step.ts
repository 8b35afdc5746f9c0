import type { Readable } from 'node:stream';
import type { ContentCoding, Decoder } from './content-coding.js';

/** One content coding being undone: what comes from `source` goes through a decoder, as fast as that takes it. */
export class DecodingStep {
  /** Bytes that came in. */
  receivedBytes = 0;
  readonly output: Decoder;

  /** @param onReceived after each piece that comes in */
  constructor(
    private readonly source: Readable,
    readonly coding: ContentCoding,
    private readonly onReceived: (step: DecodingStep) => void,
  ) {
    this.output = coding.createDecoder();
    source.on('data', this.count).pipe(this.output);
  }

  /** At the end of the output: whether all that came in belonged to the coded data. */
  get isUsedUp(): boolean {
    return this.output.bytesWritten === this.receivedBytes;
  }

  stop(): void {
    this.source.off('data', this.count).unpipe(this.output);
    this.output.destroy();
  }

  private readonly count = ({ length }: Buffer): void => {
    this.receivedBytes += length;
    this.onReceived(this);
  };
}
