import { Server } from 'node:http';
import { createServer, type Http2Server } from 'node:http2';
import type { Socket } from 'node:net';
import { HTTP2_SETTINGS } from './http2-settings.js';

/** What opens every HTTP/2 connection, RFC 9113 section 3.4. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** Node's HTTP/1.1 parser knows the preface, and stops behind it with this code. */
const PREFACE_FOUND = 'HPE_PAUSED_H2_UPGRADE';

interface ParserError extends Error {
  readonly code?: string;
  /** How much of `rawPacket`, the last bytes that came, was parsed. */
  readonly bytesParsed: number;
  readonly rawPacket?: Buffer;
}

/**
 * Lets a server for HTTP/1.1 speak HTTP/2 with clients that begin with it (prior knowledge): their requests reach the
 * same handler. A connection is one of HTTP/1.1 until Node's parser comes upon the preface, so that all limits of the
 * server hold for it until then, and HTTP/1.1 pays nothing.
 * @returns the server of the HTTP/2 sessions, which does not listen itself; undefined where there is none to be added
 */
export function acceptHttp2(server: unknown): Http2Server | undefined {
  if (!(server instanceof Server)) return undefined;
  const http2 = createServer({ settings: HTTP2_SETTINGS }, (request, response) => {
    server.emit('request', request, response);
  });
  http2.on('session', (session) => {
    session.setTimeout(server.keepAliveTimeout, () => session.close());
  });
  const others = server.listeners('clientError');
  server.removeAllListeners('clientError');
  server.on('clientError', (error: ParserError, socket: Socket) => {
    const rest = behindPreface(error, socket);
    if (rest) return handOver(socket, rest, http2);
    for (const listener of others) listener.call(server, error, socket);
  });
  return http2;
}

/** What has come after the preface; undefined where it is none, or not the first that came. */
function behindPreface({ code, bytesParsed, rawPacket }: ParserError, socket: Socket): Buffer | undefined {
  if (code !== PREFACE_FOUND || !rawPacket) return undefined;
  const rest = rawPacket.subarray(bytesParsed);
  return socket.bytesRead - rest.length === PREFACE.length ? rest : undefined;
}

function handOver(socket: Socket, rest: Buffer, http2: Http2Server): void {
  // For whoever served or counted it as a connection of HTTP/1.1, this is its end.
  socket.emit('close', false);
  // One by one: taken off all at once, the socket would begin to flow, and lose what is put back below.
  for (const event of socket.eventNames()) socket.removeAllListeners(event);
  socket.setTimeout(0);
  // A client of HTTP/2 that stops sending has gone.
  socket.allowHalfOpen = false;
  socket.pause();
  socket.unshift(Buffer.concat([PREFACE, rest]));
  http2.emit('connection', socket);
}
