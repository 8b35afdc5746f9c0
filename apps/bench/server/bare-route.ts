import type { FastifyInstance } from 'fastify';

const BYTES = 'application/octet-stream';

/** What the pipelines are compared with: the same server reads a body and sends it back, and nothing more. */
export function addBareRoute(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.post('/bare', (request, reply) => {
    void reply.header('content-type', BYTES).send(request.body);
  });
}
