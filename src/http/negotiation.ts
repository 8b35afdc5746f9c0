import Negotiator from 'negotiator';
import { MosecError, type Codec } from '#libs/contracts';
import { bareType, inRange } from './media-type.js';

/** A codec of bodies or answers, and the format by which the stage knows it. */
export interface EdgeCodec {
  readonly codec: Codec;
  readonly format: number;
}

/** Which codecs a request and its answer are in. Where there is only one, nothing is asked. */
export class Negotiation {
  private readonly readable: readonly (readonly string[])[];
  private readonly writable: ReadonlyMap<string, EdgeCodec>;

  /** @param answerCodecs at least one; the first is for clients that ask for nothing that can be had */
  constructor(
    private readonly requestCodecs: readonly EdgeCodec[],
    private readonly answerCodecs: readonly EdgeCodec[],
  ) {
    this.readable = requestCodecs.map(({ codec }) => typesOf(codec));
    const types = answerCodecs.flatMap((answer) =>
      typesOf(answer.codec).flatMap((type) => [type, `${type}; charset=utf-8`].map((name) => [name, answer] as const)),
    );
    this.writable = new Map(types.reverse());
  }

  /** Whether answers depend on `Accept`. */
  get varies(): boolean {
    return this.answerCodecs.length > 1;
  }

  /**
   * Format of the codec that a body of this type is in; a body without a type is in the first.
   * @throws MosecError 415 naming the accepted types
   */
  inputFormat(contentType: string | undefined): number {
    const { requestCodecs } = this;
    const [first] = requestCodecs as readonly [EdgeCodec];
    if (requestCodecs.length < 2 || contentType === undefined) return first.format;
    const type = bareType(contentType);
    const read = requestCodecs[this.readable.findIndex((ranges) => ranges.some((range) => inRange(type, range)))];
    if (read) return read.format;
    const accepted = requestCodecs.map(({ codec }) => bareType(codec.mediaType)).join(', ');
    const message = `content type "${type}" is not accepted here; send ${accepted}`;
    throw new MosecError(message, 415, 'UNSUPPORTED_MEDIA_TYPE');
  }

  answer(accept: string | undefined): EdgeCodec {
    const [first] = this.answerCodecs as readonly [EdgeCodec];
    if (!this.varies || accept === undefined) return first;
    const [preferred = ''] = new Negotiator({ headers: { accept } }).mediaTypes([...this.writable.keys()].reverse());
    return this.writable.get(preferred) ?? first;
  }
}

function typesOf({ mediaType, accepts = [] }: Codec): string[] {
  return [mediaType, ...accepts].map(bareType);
}
