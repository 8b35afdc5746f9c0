import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PipelineClass } from '../decorators/pipeline-types.js';
import type { RouteDefinition } from '../decorators/route.decorator.js';
import { MosecRoute } from './mosec-route.decorator.js';
import type { RouteHandler } from './route-handler.js';

/** Name of the handler method on a pipeline class; no user's method is called that. */
export const HANDLER_METHOD = '$infer';
const HANDLER_FIELD = '$handler';
const HANDLER_TOKEN = 'mosec:route-handler-token';

/** Token of the `RouteHandler` of a pipeline class. */
export function routeHandlerToken(pipelineClass: PipelineClass): symbol {
  const known = Reflect.getOwnMetadata(HANDLER_TOKEN, pipelineClass) as symbol | undefined;
  if (known) return known;
  const token = Symbol(`RouteHandler<${pipelineClass.name}>`);
  Reflect.defineMetadata(HANDLER_TOKEN, token, pipelineClass);
  return token;
}

/**
 * Makes a pipeline class its own Nest controller, so that guards, interceptors, filters, `forRoutes` and
 * `getClass()` mean the user's class. Doing it twice changes nothing.
 */
export function makeController(pipelineClass: PipelineClass, { paths, options }: RouteDefinition): void {
  const prototype = pipelineClass.prototype as Record<string, unknown>;
  if (Object.hasOwn(prototype, HANDLER_METHOD)) return;
  function infer(this: Record<string, RouteHandler>, request: FastifyRequest, reply: FastifyReply) {
    return this[HANDLER_FIELD]?.handle(request, reply);
  }
  Object.defineProperty(prototype, HANDLER_METHOD, { value: infer, writable: true, configurable: true });
  Inject(routeHandlerToken(pipelineClass))(prototype, HANDLER_FIELD);
  Controller({ path: '', ...(options.version !== undefined && { version: options.version }) })(pipelineClass);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, HANDLER_METHOD) as PropertyDescriptor;
  const decorators = [Post([...paths]), HttpCode(200), MosecRoute({ raw: true }), ...(options.decorators ?? [])];
  for (const decorate of decorators) decorate(prototype, HANDLER_METHOD, descriptor);
  Req()(prototype, HANDLER_METHOD, 0);
  Res()(prototype, HANDLER_METHOD, 1);
}
