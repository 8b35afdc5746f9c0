import { EVENT_FORMATS } from '#libs/codec';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import type { StreamOptions } from './http/stream-options.js';
import type { RouteOptions } from './interfaces/route-options.interface.js';

/** How the streams of a route are served: by its own options, else by the server's. */
export function streamOptionsOf(
  route: RouteOptions,
  server: ResolvedOptions,
  wheel: () => StreamOptions['wheel'],
): StreamOptions {
  return {
    formats: EVENT_FORMATS,
    timeoutMs: limit(route.streamTimeoutMs ?? server.streamTimeoutMs),
    idleTimeoutMs: limit(route.streamIdleTimeoutMs ?? server.streamIdleTimeoutMs),
    keepAliveMs: limit(route.keepAliveMs ?? server.keepAliveMs),
    slowClientTimeoutMs: limit(route.slowClientTimeoutMs ?? server.slowClientTimeoutMs),
    endEvent: route.endEvent,
    get wheel() {
      return wheel();
    },
  };
}

/** Options write 0 where there is no limit. */
export function limit(ms: number): number {
  return ms === 0 ? Infinity : ms;
}
