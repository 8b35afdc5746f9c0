import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What the status routes report; asked at each request. */
export interface ServiceStatus {
  readonly isDraining: boolean;
  /** Why the service cannot take requests now; undefined when it can. */
  readonly unreadyReason: string | undefined;
  /** Metrics in the text format of Prometheus, or in OpenMetrics. @param accept header of the request */
  metrics(accept: string | undefined): Promise<{ readonly contentType: string; readonly text: string }>;
}

const TEXT = 'text/plain; charset=utf-8';

/**
 * Mounts `/`, `/healthz`, `/readyz` and `/metrics`, except those that the application has itself.
 * @returns the ones that it has
 */
export function mountStatusRoutes(fastify: FastifyInstance, status: ServiceStatus): readonly string[] {
  const own: string[] = [];
  const mount = (url: string, answer: (request: FastifyRequest, reply: FastifyReply) => unknown): void => {
    if (fastify.hasRoute({ method: 'GET', url })) own.push(url);
    else fastify.get(url, answer);
  };
  mount('/', (_request, reply) => {
    const { isDraining } = status;
    return reply
      .code(isDraining ? 503 : 200)
      .type(TEXT)
      .send(isDraining ? 'gracefully shutting down' : 'MOSEC service');
  });
  mount('/healthz', () => ({ status: 'ok' }));
  mount('/readyz', (_request, reply) => {
    const { unreadyReason } = status;
    const body = unreadyReason ? { status: 'unavailable', reason: unreadyReason } : { status: 'ready' };
    return reply.code(unreadyReason ? 503 : 200).send(body);
  });
  mount('/metrics', async (request, reply) => {
    const { contentType, text } = await status.metrics(request.headers.accept);
    return reply.header('vary', 'Accept').type(contentType).send(text);
  });
  return own;
}
