import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { MosecError } from '#libs/contracts';
import { reasonPhrase } from './error-text.js';
import { closeAfter } from './http2-stream.js';
import { PipelineRoutes } from './pipeline-routes.js';
import { isRaw, type MosecRouteConfig } from './raw-body.js';
import { requestId } from './request-id.js';
import { HOST_PATHS, RESERVED_PATHS } from './reserved-paths.js';

export interface EdgeHookOptions {
  readonly isDraining: () => boolean;
  readonly errorFormat: 'json' | 'text';
  /** Whether it is a worker host, which serves nothing but health and metrics. */
  readonly isHost: boolean;
}

/**
 * Names each request of a pipeline route before guards see it, and answers what no route handler sees: 503 to
 * everything new while draining (except the status routes), 405 with `Allow` to a wrong method on a pipeline route.
 */
export function installEdgeHooks(fastify: FastifyInstance, { isDraining, errorFormat, isHost }: EdgeHookOptions): void {
  const routes = new PipelineRoutes(fastify);
  const refuse = (reply: FastifyReply, error: MosecError, config: MosecRouteConfig): void => {
    const { statusCode, message, code } = error;
    const requestId = reply.getHeader('x-request-id');
    void reply.code(statusCode);
    if (config.mosec?.refusalBody) void reply.send(config.mosec.refusalBody(error));
    else if (errorFormat === 'text') void reply.type('text/plain; charset=utf-8').send(message);
    else void reply.send({ statusCode, error: reasonPhrase(statusCode), message, code, requestId });
  };
  if (isHost) {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (isAmong(HOST_PATHS, request.url)) return done();
      name(request, reply);
      refuse(reply, new MosecError('a worker host serves health and metrics alone', 404, 'NOT_FOUND'), {});
    });
  }
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isDraining()) closeAfter(reply);
    else if (!request.is404) return done();
    const otherMethod = request.is404 ? routes.find(request.url) : undefined;
    const config = otherMethod ?? (request.routeOptions.config as MosecRouteConfig | undefined) ?? {};
    const refusesAll = isDraining() && !config.mosec?.tellsState && !isAmong(RESERVED_PATHS, request.url);
    if (refusesAll || request.is404) name(request, reply);
    if (refusesAll) return refuse(reply, new MosecError('gracefully shutting down', 503, 'DRAINING'), config);
    if (!otherMethod) return done();
    const message = `${request.method} is not allowed here; use POST`;
    refuse(reply.header('allow', 'POST'), new MosecError(message, 405, 'CLIENT'), config);
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

function isAmong(paths: readonly string[], url: string): boolean {
  return paths.includes(url.split('?', 1)[0] as string);
}
