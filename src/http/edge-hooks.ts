import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { reasonPhrase } from './error-text.js';
import { closeAfter } from './http2-stream.js';
import { PipelineRoutes } from './pipeline-routes.js';
import { isRaw } from './raw-body.js';
import { requestId } from './request-id.js';
import { RESERVED_PATHS } from './reserved-paths.js';

export interface EdgeHookOptions {
  readonly isDraining: () => boolean;
  readonly errorFormat: 'json' | 'text';
}

/**
 * Names each request of a pipeline route before guards see it, and answers what no route handler sees: 503 to
 * everything new while draining (except the status routes), 405 with `Allow` to a wrong method on a pipeline route.
 */
export function installEdgeHooks(fastify: FastifyInstance, { isDraining, errorFormat }: EdgeHookOptions): void {
  const routes = new PipelineRoutes(fastify);
  const refuse = (reply: FastifyReply, statusCode: number, message: string, code: string): void => {
    const error = reasonPhrase(statusCode);
    const body = { statusCode, error, message, code, requestId: reply.getHeader('x-request-id') };
    void reply.code(statusCode);
    if (errorFormat === 'text') void reply.type('text/plain; charset=utf-8').send(message);
    else void reply.send(body);
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isDraining()) closeAfter(reply);
    else if (!request.is404) return done();
    const isWrongMethod = request.is404 && routes.has(request.url);
    const refusesAll = isDraining() && !isStatusPath(request.url);
    if (refusesAll || request.is404) name(request, reply);
    if (refusesAll) return refuse(reply, 503, 'gracefully shutting down', 'DRAINING');
    if (!isWrongMethod) return done();
    refuse(reply.header('allow', 'POST'), 405, `${request.method} is not allowed here; use POST`, 'CLIENT');
  });
  // Requests that an ordinary controller of the application answers keep their headers.
  fastify.addHook('onRoute', (route) => {
    if (isRaw(route.config)) route.onRequest = [nameRequest, ...[route.onRequest ?? []].flat()];
  });
}

const nameRequest: onRequestHookHandler = (request, reply, done) => {
  name(request, reply);
  done();
};

function name(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', requestId(request.headers['x-request-id']));
}

function isStatusPath(url: string): boolean {
  const path = url.split('?', 1)[0] as string;
  return (RESERVED_PATHS as readonly string[]).includes(path);
}
