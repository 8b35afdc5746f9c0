import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { PipelineRoutes } from './pipeline-routes.js';

/** The routes of a server that has these pipeline routes and an ordinary one at `/orders`. */
function routesOf(...urls: string[]): PipelineRoutes {
  const app = fastify();
  const routes = new PipelineRoutes(app);
  for (const url of urls) app.post(url, { config: { mosec: { raw: true } } }, () => '');
  app.post('/orders', () => '');
  return routes;
}

describe('when a url is asked for', () => {
  it('should know pipeline routes, with or without a query', () => {
    const routes = routesOf('/v1/echo', '/v1/sum');
    expect(['/v1/echo', '/v1/sum', '/v1/echo?a=1/2'].map((url) => routes.find(url) !== undefined)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('should know nothing else', () => {
    const routes = routesOf('/v1/echo');
    const others = [
      '/',
      '/orders',
      '/v1',
      '/v1/echo/',
      '/v1/echo/x',
      '/x/v1/echo',
      '/v1/echos',
      '/V1/echo',
      '?/v1/echo',
    ];
    expect(others.filter((url) => routes.find(url))).toEqual([]);
  });

  it('should take parameters and wildcards as patterns', () => {
    const routes = routesOf('/models/:name/infer', '/files/*');
    expect(['/models/ocr/infer', '/files/a/b'].map((url) => routes.find(url) !== undefined)).toEqual([true, true]);
    expect(['/models/infer', '/models/a/b/infer', '/models//infer'].filter((url) => routes.find(url))).toEqual([]);
  });

  it('should take what means something in a pattern as it is', () => {
    const routes = routesOf('/v1.0/a+b(c)');
    expect(['/v1.0/a+b(c)', '/v1x0/aab(c)'].map((url) => routes.find(url) !== undefined)).toEqual([true, false]);
  });
});
