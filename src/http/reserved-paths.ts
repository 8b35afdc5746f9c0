/** What a worker host answers; everything else is for gateways. */
export const HOST_PATHS = ['/', '/healthz', '/startupz', '/readyz', '/metrics'] as const;

/** Paths that the server answers itself; a route may not be one of them, nor lie below one. */
export const RESERVED_PATHS = ['/', '/healthz', '/startupz', '/readyz', '/metrics', '/openapi', '/mosec'] as const;
