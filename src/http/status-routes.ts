import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What the status routes report; asked at each request. */
export interface ServiceStatus {
  readonly isDraining: boolean;
  /** Why only a new process helps; undefined while there is hope. */
  readonly deadReason: string | undefined;
  /** Why the service has not come up yet; undefined once it has, whatever happens later. */
  readonly startingReason: string | undefined;
  /** Why the service should get no requests now; undefined when it should. */
  unreadyReason(): Promise<string | undefined>;
  /** Metrics in the text format of Prometheus, or in OpenMetrics. @param accept header of the request */
  metrics(accept: string | undefined): Promise<{ readonly contentType: string; readonly text: string }>;
}

const TEXT = 'text/plain; charset=utf-8';

/**
 * Mounts `/`, the probes `/healthz`, `/startupz` and `/readyz`, and `/metrics`, except those that the application has itself.
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
  const probe = (url: string, good: string, reasonOf: () => string | undefined | Promise<string | undefined>): void =>
    mount(url, async (_request, reply) => {
      const reason = await reasonOf();
      const body = reason === undefined ? { status: good } : { status: 'unavailable', reason };
      return reply.code(reason === undefined ? 200 : 503).send(body);
    });
  probe('/healthz', 'ok', () => status.deadReason);
  probe('/startupz', 'started', () => status.startingReason);
  probe('/readyz', 'ready', () => status.unreadyReason());
  mount('/metrics', async (request, reply) => {
    const { contentType, text } = await status.metrics(request.headers.accept);
    return reply.header('vary', 'Accept').type(contentType).send(text);
  });
  return own;
}
