import type { FastifyRequest } from 'fastify';
import type { ContentCoding } from './content-coding.js';
import type { RouteHandlerOptions } from './route-handler-options.js';

/** What the bytes of a body are to be taken for. */
export interface RequestFormats {
  readonly inputFormat: number;
  /** Content codings to be undone. */
  readonly codings: readonly ContentCoding[];
}

/** @throws MosecError if the body is in a type or coding that is not taken */
export function requestFormats(
  request: FastifyRequest,
  { negotiation, requestCodings }: Pick<RouteHandlerOptions, 'negotiation' | 'requestCodings'>,
): RequestFormats {
  const { headers } = request;
  const inputFormat = negotiation.inputFormat(headers['content-type']);
  // Any other body comes from a plug-in of the application that has decompressed it.
  const isAsSent = request.body === request.raw;
  return { inputFormat, codings: requestCodings.undoing(isAsSent ? headers['content-encoding'] : undefined) };
}
