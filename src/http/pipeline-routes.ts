import type { FastifyInstance } from 'fastify';
import { isRaw, type MosecRouteConfig } from './raw-body.js';

interface KnownRoute {
  readonly pattern: RegExp;
  readonly config: MosecRouteConfig;
}

/** The URLs of all pipeline routes of a server, as they are registered. */
export class PipelineRoutes {
  private readonly routes: KnownRoute[] = [];

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, config }) => {
      if (isRaw(config)) this.routes.push({ pattern: toPattern(url), config: config as MosecRouteConfig });
    });
  }

  /**
   * @param url path with or without a query
   * @returns the Fastify config of the route; undefined if there is none
   */
  find(url: string): MosecRouteConfig | undefined {
    const path = url.split('?', 1)[0] as string;
    return this.routes.find(({ pattern }) => pattern.test(path))?.config;
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
