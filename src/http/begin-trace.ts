import type { FastifyRequest } from 'fastify';
import type { RequestTrace, RequestTracer } from '#libs/contracts';

/** Begins the trace of a request from outside. @param startedAt epoch milliseconds */
export function beginTrace(
  tracer: RequestTracer,
  { method, url, headers, routeOptions }: FastifyRequest,
  startedAt: number,
  requestId: string,
  pipeline: string | undefined,
): RequestTrace {
  const http = { method, url, headers, route: routeOptions.url ?? '' };
  return tracer.begin({ pipeline, requestId, startedAt, http });
}
