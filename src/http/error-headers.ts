import type { FastifyReply } from 'fastify';
import { OverloadedError, type MosecError } from '#libs/contracts';
import { closeAfter } from './http2-stream.js';
import { UnsupportedCodingError } from './unsupported-coding.error.js';

/** What an error tells a client by headers: when to come again, which codings are taken, that the connection ends. */
export function setErrorHeaders(reply: FastifyReply, error: MosecError): void {
  if (error instanceof OverloadedError) void reply.header('retry-after', retryAfter(error));
  if (error instanceof UnsupportedCodingError) void reply.header('accept-encoding', error.acceptEncoding);
  if (error.code === 'DRAINING') closeAfter(reply);
}

/** Whole seconds, at least one. */
function retryAfter({ retryAfterMs }: OverloadedError): string {
  return String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
}
