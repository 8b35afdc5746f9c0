import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Codec } from '#libs/contracts';

/** Makes a reply encode the value that comes back from the interceptors, as a worker would have. Errors stay theirs. */
export function encodeInterceptedAnswer(reply: FastifyReply, codec: Codec): void {
  const send = reply.send.bind(reply);
  reply.send = (value?: unknown) => {
    if (reply.statusCode >= 400 || value instanceof Readable) return send(value);
    const bytes = codec.encode(value);
    if (!reply.hasHeader('content-type')) void reply.header('content-type', codec.mediaType);
    return send(bytes);
  };
}
