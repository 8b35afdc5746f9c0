import { constants, type ServerHttp2Stream } from 'node:http2';
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** The stream of a request or response of HTTP/2; undefined for one of HTTP/1.1. */
export function streamOf(message: object): ServerHttp2Stream | undefined {
  return (message as { readonly stream?: ServerHttp2Stream }).stream;
}

/** Whether a response is closed, sent or not. */
export function isClosed(response: FastifyReply['raw']): boolean {
  return streamOf(response)?.closed ?? response.closed;
}

/** Whether the client of a body is gone. The body of a stream that was reset may end as if it were whole. */
export function isGone(body: Readable): boolean {
  return streamOf(body)?.closed ?? body.destroyed;
}

/** Ends an upload that goes on: its stream alone over HTTP/2, else its connection. */
export function endUpload(body: Readable): void {
  const stream = streamOf(body);
  if (stream) stream.close(constants.NGHTTP2_NO_ERROR);
  else body.destroy();
}

/** Has the connection closed after its answers: by a header, or by a GOAWAY frame, which lets other streams finish. */
export function closeAfter(reply: FastifyReply): void {
  const stream = streamOf(reply.raw);
  if (stream) stream.session?.close();
  else void reply.header('connection', 'close');
}
