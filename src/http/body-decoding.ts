import type { Readable } from 'node:stream';
import { DecodingError, type MosecError } from '#libs/contracts';
import { bodyTooLarge } from './body-too-large.js';
import type { ContentCoding } from './content-coding.js';
import { DecodingStep } from './decoding-step.js';

export interface DecodedBodyListener {
  readonly data: (chunk: Buffer) => void;
  readonly end: () => void;
  readonly failed: (error: MosecError) => void;
}

/**
 * A body on its way through the decoders of its content codings. It may be larger than `maxBytes` in no form, neither
 * as it is sent nor between two codings; whoever listens counts its last form.
 */
export class BodyDecoding {
  private readonly steps: readonly DecodingStep[];

  /** @param codings at least one, in the order in which they are undone */
  constructor(
    body: Readable,
    codings: readonly ContentCoding[],
    private readonly maxBytes: number,
    private readonly listener: DecodedBodyListener,
  ) {
    let output = body;
    this.steps = codings.map((coding) => {
      const step = new DecodingStep(output, coding, this.limit);
      step.output.on('error', (cause) => this.broken(step, cause));
      output = step.output;
      return step;
    });
    output.on('data', listener.data).on('end', this.ended);
  }

  /** Bytes of the body as it was sent. */
  get receivedBytes(): number {
    return (this.steps[0] as DecodingStep).receivedBytes;
  }

  /** Lets go of everything; nothing is heard of it any more. */
  stop(): void {
    this.steps.at(-1)?.output.off('data', this.listener.data).off('end', this.ended);
    for (const step of this.steps) step.stop();
  }

  private readonly limit = ({ receivedBytes }: DecodingStep): void => {
    if (receivedBytes > this.maxBytes) this.listener.failed(bodyTooLarge());
  };

  private readonly ended = (): void => {
    const step = this.steps.find(({ isUsedUp }) => !isUsedUp);
    if (step) this.listener.failed(invalid(step, 'something follows its end'));
    else this.listener.end();
  };

  private broken(step: DecodingStep, cause: Error): void {
    // A body without a byte is empty, whatever it would have been coded in.
    if (step.receivedBytes === 0) this.listener.end();
    else this.listener.failed(invalid(step, cause.message, cause));
  }
}

function invalid({ coding }: DecodingStep, reason: string, cause?: Error): DecodingError {
  return new DecodingError(`the body is not valid ${coding.name}: ${reason}`, { cause });
}
