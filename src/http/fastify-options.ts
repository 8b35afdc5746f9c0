import type { FastifyServerOptions } from 'fastify';
import type { ServerOptions } from 'node:http';
import type { SecureServerOptions } from 'node:http2';
import { HTTP2_SETTINGS } from './http2-settings.js';

/** Options of the Fastify server that `MosecFactory` makes. @publicApi */
export interface FastifyOptions extends FastifyServerOptions {
  /** Options of Node's server for HTTP/1.1, e.g. `maxHeaderSize`. */
  readonly http?: ServerOptions;
  /** Certificate and key, and what else Node's `http2.createSecureServer` takes. @default none: no TLS */
  readonly https?: SecureServerOptions;
  /** `false`: with `https`, HTTP/1.1 alone. */
  readonly http2?: false;
}

/** With TLS, HTTP/2 and HTTP/1.1 on the one port, as the client chooses (ALPN). */
export function fastifyOptions(options: FastifyOptions = {}): object {
  // What comes while the server closes gets our own 503, from the hook that answers it while it drains.
  const all = { return503OnClosing: false, ...options };
  const { https, http2 } = options;
  if (!https || http2 === false) return all;
  return {
    ...all,
    http2: true,
    https: { allowHTTP1: true, ...https, settings: { ...HTTP2_SETTINGS, ...https.settings } },
  };
}
