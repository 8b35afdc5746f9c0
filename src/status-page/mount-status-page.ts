import type { FastifyInstance, FastifyReply } from 'fastify';
import { pageFiles } from './page-files.js';
import type { StatusFeed } from './status-feed.js';

const PATH = '/mosec';

/** Nothing but the page's own files; what it draws itself and what a user uploads are blobs. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};

const EVENT_HEADERS = {
  ...HEADERS,
  'content-type': 'text/event-stream',
  // Proxies that gather answers, as nginx does, pass this one on as it comes.
  'x-accel-buffering': 'no',
};

/** Mounts the page, its files and its events; an application that has the path itself keeps it. */
export function mountStatusPage(fastify: FastifyInstance, feed: StatusFeed): void {
  if (fastify.hasRoute({ method: 'GET', url: PATH })) return;
  const files = pageFiles();
  const send = (reply: FastifyReply, name: string): unknown => {
    const file = files.get(name);
    return file ? reply.headers(HEADERS).type(file.type).send(file.body) : reply.callNotFound();
  };
  fastify.get(PATH, (_request, reply) => send(reply, 'index.html'));
  fastify.get<{ Params: { file: string } }>(`${PATH}/:file`, ({ params }, reply) => send(reply, params.file));
  // A HEAD of it would never end.
  fastify.get(`${PATH}/events`, { exposeHeadRoute: false }, (_request, reply) => {
    if (feed.isFull) return reply.code(503).send();
    const { raw } = reply.hijack();
    raw.writeHead(200, EVENT_HEADERS);
    feed.add(raw);
    return undefined;
  });
}
