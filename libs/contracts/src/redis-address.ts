const DEFAULT_PORT = '6379';

/** Host and port, or path, of the url of a Redis, for people to read; undefined when the url is none of a Redis. */
export function redisAddress(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined;
  if (url.startsWith('/')) return url;
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  if ((protocol !== 'redis:' && protocol !== 'rediss:') || hostname === '') return undefined;
  return `${hostname}:${port || DEFAULT_PORT}`;
}
