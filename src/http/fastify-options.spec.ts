import { describe, expect, it } from 'vitest';
import { fastifyOptions } from './fastify-options.js';

describe('when no TLS is asked for', () => {
  it('should pass all options through', () => {
    expect(fastifyOptions({ trustProxy: true })).toEqual({ return503OnClosing: false, trustProxy: true });
  });
});

describe('when TLS is asked for', () => {
  it('should let clients choose between HTTP/2 and HTTP/1.1', () => {
    expect(fastifyOptions({ https: { key: 'k', cert: 'c' } })).toMatchObject({
      http2: true,
      https: { allowHTTP1: true, key: 'k', cert: 'c', settings: { maxConcurrentStreams: 256 } },
    });
  });

  it('should leave the last word to the application', () => {
    const https = { allowHTTP1: false, settings: { maxConcurrentStreams: 8 } };
    expect(fastifyOptions({ https })).toMatchObject({ https });
  });

  it('should speak HTTP/1.1 alone where HTTP/2 is switched off', () => {
    const options = { https: { key: 'k', cert: 'c' }, http2: false } as const;
    expect(fastifyOptions(options)).toEqual({ return503OnClosing: false, ...options });
  });
});
