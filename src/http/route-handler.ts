import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteHandlerOptions } from './route-handler-options.js';
import { ServedRequest } from './served-request.js';

/** Serves the routes of one pipeline: body in, bytes out. The gateway looks into neither. */
export class RouteHandler {
  private intercepted = false;

  constructor(private readonly options: RouteHandlerOptions) {}

  /** From now on interceptors see the answers as values, at the price of decoding and encoding them here. */
  showAnswers(): void {
    this.intercepted = true;
  }

  /** Answers the request, or rejects with the exception that Nest's filters answer. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    return new Promise((resolve, reject) => {
      new ServedRequest(this.options, request, reply, this.intercepted, resolve, reject).start();
    });
  }
}
