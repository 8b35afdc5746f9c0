import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptHttp2 } from './http2-preface.js';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
/** An empty SETTINGS frame, which every HTTP/2 side sends first. */
const SETTINGS = '\0\0\0\x04\0\0\0\0\0';
const PING = '\0\0\x08\x06\0\0\0\0\0ping-me!';

let server: Server;
let port: number;
const clientError = vi.fn((_error: Error, socket: Socket) => void socket.end('refused'));
const sockets: Socket[] = [];
const sessions: ClientHttp2Session[] = [];

beforeEach(async () => {
  clientError.mockClear();
  server = createServer({ keepAliveTimeout: 60_000, connectionsCheckingInterval: 20 }, (request, response) => {
    response.end(`${request.httpVersion} ${request.method} ${request.url}`);
  });
  server.on('clientError', clientError);
  acceptHttp2(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.destroy();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
});

function open(): { socket: Socket; received: () => string } {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  sockets.push(socket);
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (received += chunk));
  socket.on('error', () => undefined);
  return { socket, received: () => received };
}

/** The bytes arrive one by one. */
async function dribble(socket: Socket, bytes: string): Promise<void> {
  const [connection] = (await once(server, 'connection')) as [Socket];
  const before = connection.bytesRead;
  for (let i = 0; i < bytes.length; i++) {
    socket.write(bytes.charAt(i), 'latin1');
    while (connection.bytesRead === before + i) await turn();
  }
}

describe('when a client begins with the preface of HTTP/2', () => {
  it('should serve its requests by the same handler', async () => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    sessions.push(session);
    const streams = ['/a', '/b'].map((path) => session.request({ ':path': path, ':method': 'DELETE' }));
    expect(await Promise.all(streams.map((stream) => text(stream)))).toEqual(['2.0 DELETE /a', '2.0 DELETE /b']);
    expect(session.remoteSettings.maxConcurrentStreams).toBe(256);
    expect(clientError).not.toHaveBeenCalled();
  });

  it('should lose no byte when they come one by one', async () => {
    const { socket, received } = open();
    await dribble(socket, PREFACE + SETTINGS + PING);
    await vi.waitFor(() => expect(received()).toContain('\x06\x01\0\0\0\0ping-me!'));
  });

  it('should lose no byte when they come at once', async () => {
    const { socket, received } = open();
    socket.write(PREFACE + SETTINGS + PING, 'latin1');
    await vi.waitFor(() => expect(received()).toContain('\x06\x01\0\0\0\0ping-me!'));
  });

  it('should end the connection when the client does', async () => {
    const { socket } = open();
    socket.write(PREFACE + SETTINGS, 'latin1');
    await once(socket, 'data');
    socket.end();
    await once(socket, 'close');
  });

  it('should end the connection where nonsense follows', async () => {
    const { socket } = open();
    socket.write(`${PREFACE}nonsense that is no frame at all`);
    await once(socket, 'close');
  });
});

describe('when a client does not come to the end of the preface', () => {
  it('should close the connection as Node does when headers take too long', async () => {
    server.headersTimeout = 100;
    const { socket } = open();
    socket.write(PREFACE.slice(0, 10));
    await once(socket, 'close');
    expect(clientError.mock.lastCall?.[0]).toMatchObject({ code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  });

  it('should no longer count that time once it has', async () => {
    server.headersTimeout = 100;
    const { socket, received } = open();
    socket.write(PREFACE + SETTINGS, 'latin1');
    await once(socket, 'data');
    const silent = open();
    silent.socket.write('GET');
    await once(silent.socket, 'close');
    socket.write(PING, 'latin1');
    await vi.waitFor(() => expect(received()).toContain('ping-me!'));
  });
});

describe('when a client speaks HTTP/1.1', () => {
  it('should answer as ever, pipelined requests too', async () => {
    const { socket, received } = open();
    socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
    await vi.waitFor(() => expect(received()).toMatch(/1\.1 GET \/1[^]*1\.1 GET \/2$/));
  });

  it('should refuse a preface after a request', async () => {
    const { socket, received } = open();
    socket.write(`GET /1 HTTP/1.1\r\nHost: a\r\n\r\n${PREFACE}${SETTINGS}`, 'latin1');
    await vi.waitFor(() => expect(received()).toContain('refused'));
    expect(clientError).toHaveBeenCalledOnce();
  });

  it.each(['PRI * HTTP/2.0\r\nA: b\r\n\r\nSM\r\n\r\n', 'PRI /other HTTP/2.0\r\n\r\nSM\r\n\r\n', '\x16\x03\x01\x02'])(
    'should leave what is neither to the listeners of the server (%j)',
    async (bytes) => {
      const { socket, received } = open();
      socket.write(bytes, 'latin1');
      await vi.waitFor(() => expect(received()).toBe('refused'));
    },
  );
});
