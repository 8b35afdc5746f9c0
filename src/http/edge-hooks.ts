import type { FastifyInstance } from 'fastify';
import { RESERVED_PATHS } from './reserved-paths.js';
import { PipelineRoutes } from './pipeline-routes.js';

/**
 * Answers what no route handler sees: 503 to everything new while draining (except the status routes), 405 with
 * `Allow` to a wrong method on a pipeline route.
 */
export function installEdgeHooks(fastify: FastifyInstance, isDraining: () => boolean): void {
  const routes = new PipelineRoutes(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isDraining() && !isStatusPath(request.url)) {
      const body = {
        statusCode: 503,
        error: 'Service Unavailable',
        message: 'gracefully shutting down',
        code: 'DRAINING',
      };
      void reply.code(503).header('connection', 'close').send(body);
      return;
    }
    if (request.is404 && routes.has(request.url)) {
      const message = `${request.method} is not allowed here; use POST`;
      void reply
        .code(405)
        .header('allow', 'POST')
        .send({ statusCode: 405, error: 'Method Not Allowed', message, code: 'CLIENT' });
      return;
    }
    done();
  });
}

function isStatusPath(url: string): boolean {
  const path = url.split('?', 1)[0] as string;
  return (RESERVED_PATHS as readonly string[]).includes(path);
}
