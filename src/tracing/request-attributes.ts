import type { Attributes } from '@opentelemetry/api';
import type { TracedRequest } from '#libs/contracts';

/** By https://opentelemetry.io/docs/specs/semconv/http/http-spans/ where a convention exists. */
export function requestAttributes({ pipeline, requestId, http }: TracedRequest): Attributes {
  const own = { 'mosec.request_id': requestId, ...(pipeline !== undefined && { 'mosec.pipeline': pipeline }) };
  if (!http) return own;
  const [path, query] = http.url.split('?', 2);
  const agent = http.headers['user-agent'];
  return {
    ...own,
    'http.request.method': http.method,
    'http.route': http.route,
    'url.path': path,
    ...(query !== undefined && { 'url.query': query }),
    ...(agent !== undefined && { 'user_agent.original': String(agent) }),
  };
}
