import type { FastifyReply } from 'fastify';
import Negotiator from 'negotiator';
import { isCompressible } from './compressible.js';
import type { ContentCoding } from './content-coding.js';

/** Part of negotiator 1.x that its types do not know. */
interface EncodingNegotiator {
  encodings(available: readonly string[], options: { readonly preferred: readonly string[] }): string[];
}

/** Statuses whose answers have no body, or one that belongs to another answer. */
const WITHOUT_BODY = [204, 304];

/** Compresses whole answers, as far as clients accept it and it pays. Streams do not come this way. */
export class AnswerCompression {
  private readonly names: readonly string[];
  private readonly available: readonly string[];

  /**
   * @param codings the first is for clients that like several equally
   * @param thresholdBytes smallest answer that is compressed
   */
  constructor(
    private readonly codings: readonly ContentCoding[],
    private readonly thresholdBytes: number,
  ) {
    this.names = codings.map(({ name }) => name);
    this.available = [...this.names, 'identity'];
  }

  /**
   * Calls back once with what is to be sent, `bytes` themselves or compressed ones, when the headers of the reply say
   * so. Until then `bytes` must not change. The content type is set before.
   */
  compress(reply: FastifyReply, bytes: Uint8Array, done: (bytes: Uint8Array) => void): void {
    const coding = this.coding(reply, bytes.length);
    if (!coding) return done(bytes);
    coding.encode(bytes, (error, coded) => {
      if (error || coded.length >= bytes.length) return done(bytes);
      void reply.header('content-encoding', coding.name).removeHeader('content-length');
      done(coded);
    });
  }

  private coding(reply: FastifyReply, length: number): ContentCoding | undefined {
    if (length < this.thresholdBytes || !mayBeCoded(reply)) return undefined;
    addVary(reply, 'Accept-Encoding');
    const accepted = reply.request.headers['accept-encoding'];
    if (accepted === undefined) return undefined;
    const negotiator: unknown = new Negotiator({ headers: { 'accept-encoding': String(accepted) } });
    const [name] = (negotiator as EncodingNegotiator).encodings(this.available, { preferred: this.names });
    return this.codings.find((coding) => coding.name === name);
  }
}

function mayBeCoded(reply: FastifyReply): boolean {
  if (WITHOUT_BODY.includes(reply.statusCode) || reply.hasHeader('content-encoding')) return false;
  if (/\bno-transform\b/i.test(headerText(reply, 'cache-control'))) return false;
  return isCompressible(headerText(reply, 'content-type'));
}

function addVary(reply: FastifyReply, name: string): void {
  const vary = headerText(reply, 'vary');
  if (vary !== '*' && !vary.toLowerCase().includes(name.toLowerCase())) {
    void reply.header('vary', vary ? `${vary}, ${name}` : name);
  }
}

function headerText(reply: FastifyReply, name: string): string {
  return String(reply.getHeader(name) ?? '');
}
