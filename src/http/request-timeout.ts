import { ClientError } from '#libs/contracts';

/**
 * Milliseconds that this request may take: the route's limit, or less if the client asks for less.
 * @throws ClientError when the `X-Request-Timeout` header is no positive number
 */
export function requestTimeout(header: string | readonly string[] | undefined, limitMs: number): number {
  if (header === undefined) return limitMs;
  const asked = typeof header === 'string' && /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) : 0;
  if (asked > 0) return Math.min(asked, limitMs);
  throw new ClientError('X-Request-Timeout must be a positive number of milliseconds');
}
