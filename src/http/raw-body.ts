import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { MosecError } from '#libs/contracts';

/** Stands in for the client's content type while Fastify looks for a parser. */
const RAW_TYPE = 'application/vnd.mosec.raw-body';
const originalType = Symbol('originalType');

type RawRequest = FastifyRequest & { [originalType]?: string | undefined };

/** What the Fastify config of a route says to this package. */
export interface MosecRouteConfig {
  readonly mosec?: {
    /** The handler reads the body stream itself. */
    readonly raw?: true;
    /** Body of a refusal that no handler sees. @default the server's `errorFormat` */
    readonly refusalBody?: (error: MosecError) => object;
    /** Answers while the server drains, too: it tells of the server's state. */
    readonly tellsState?: true;
  };
}

/** Whether a route's Fastify config says that its handler reads the body stream itself. */
export function isRaw(config: unknown): boolean {
  return (config as MosecRouteConfig | undefined)?.mosec?.raw === true;
}

/**
 * Hands the body of pipeline routes on as the unread stream, whatever its type, and leaves all other routes alone.
 * A `*` parser would lose against the JSON parser, and Nest registers every route on the root instance, so the
 * content type is swapped for one of our own just before Fastify picks a parser.
 */
export function installRawBody(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(RAW_TYPE, (request: RawRequest, payload: IncomingMessage, done) => {
    // Only a route of ours has put it there: elsewhere a client has asked for our own type.
    if (!(originalType in request)) return done(unsupported());
    const type = request[originalType];
    if (type === undefined) delete request.headers['content-type'];
    else request.headers['content-type'] = type;
    done(null, payload);
  });
  fastify.addHook('onRoute', (route) => {
    if (!isRaw(route.config)) return;
    route.preParsing = (request: RawRequest, _reply, payload, done) => {
      request[originalType] = request.headers['content-type'];
      request.headers['content-type'] = RAW_TYPE;
      done(null, payload);
    };
  });
}

function unsupported(): Error {
  return Object.assign(new Error('Unsupported Media Type'), { name: 'FastifyError', statusCode: 415 });
}
