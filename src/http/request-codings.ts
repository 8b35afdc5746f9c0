import type { ContentCoding } from './content-coding.js';
import { UnsupportedCodingError } from './unsupported-coding.error.js';

/** Nobody needs more than one; each is another decoder for a hostile client to keep busy. */
const MOST_CODINGS = 2;
const NONE: readonly ContentCoding[] = [];

/** Which content codings request bodies may be in. */
export class RequestCodings {
  private readonly names: readonly string[];

  /** @param accepted empty where compression is off */
  constructor(private readonly accepted: readonly ContentCoding[]) {
    this.names = accepted.map(({ name }) => name);
  }

  /**
   * The codings of a body in the order in which they are undone.
   * @throws UnsupportedCodingError 415 naming the accepted codings
   */
  undoing(contentEncoding: string | undefined): readonly ContentCoding[] {
    if (contentEncoding === undefined) return NONE;
    const names = contentEncoding
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== '' && name !== 'identity');
    const codings = names.reverse().map((name) => this.find(name));
    if (codings.length <= MOST_CODINGS) return codings;
    throw this.refusal(`${codings.length} content codings on one body are not accepted here; use one`);
  }

  private find(name: string): ContentCoding {
    // As old clients call it (RFC 9110, section 8.4.1.3).
    const standard = name === 'x-gzip' ? 'gzip' : name;
    const coding = this.accepted.find((known) => known.name === standard);
    if (coding) return coding;
    const cure =
      this.names.length > 0
        ? `send ${this.names.join(', ')}, or the body as it is`
        : 'send the body as it is, or start the server with --compression';
    throw this.refusal(`content coding "${name}" is not accepted here; ${cure}`);
  }

  private refusal(message: string): UnsupportedCodingError {
    return new UnsupportedCodingError(message, this.names.join(', ') || 'identity');
  }
}
