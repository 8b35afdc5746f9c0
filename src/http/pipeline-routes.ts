import type { FastifyInstance } from 'fastify';
import { isRaw } from './raw-body.js';

/** The URLs of all pipeline routes of a server, as they are registered. */
export class PipelineRoutes {
  private readonly patterns: RegExp[] = [];

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, config }) => {
      if (isRaw(config)) this.patterns.push(toPattern(url));
    });
  }

  /** @param url path with or without a query */
  has(url: string): boolean {
    const path = url.split('?', 1)[0] as string;
    return this.patterns.some((pattern) => pattern.test(path));
  }
}

/** `/models/:name/infer` as a pattern. */
function toPattern(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}$`);
}
