import { once } from 'node:events';
import { connect, createServer, type ClientHttp2Session, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { connect as connectTcp, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Http2Sessions } from './http2-sessions.js';

const FAR_MS = 60_000;
const OPENING = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0';
let server: Http2Server;
let sessions: Http2Sessions;
let port: number;
const clients: ClientHttp2Session[] = [];

beforeEach(async () => {
  server = createServer();
  sessions = new Http2Sessions(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  vi.useRealTimers();
  for (const client of clients.splice(0)) client.destroy();
});

async function open(): Promise<ClientHttp2Session> {
  const client = connect(`http://127.0.0.1:${port}`);
  clients.push(client);
  client.on('error', () => undefined);
  await once(client, 'remoteSettings');
  return client;
}

/** A stream without an answer yet. */
async function ask(client: ClientHttp2Session) {
  const request = client.request({ ':path': '/' });
  request.on('error', () => undefined);
  const [stream] = (await once(server, 'stream')) as [ServerHttp2Stream];
  return { request, stream };
}

describe('when a server drains', () => {
  it('should end idle sessions, and others once their last stream is answered', async () => {
    const [idle, busy] = [await open(), await open()];
    const { request, stream } = await ask(busy);
    sessions.drain();
    await Promise.all([once(idle, 'close'), once(busy, 'goaway')]);
    stream.respond();
    stream.end('answer');
    const closed = once(busy, 'close');
    expect(await text(request)).toBe('answer');
    await closed;
  });

  it('should serve a session that comes then', async () => {
    sessions.drain();
    const { request, stream } = await ask(await open());
    stream.end('answer');
    expect(await text(request)).toBe('answer');
  });
});

describe('when a server closes', () => {
  it('should wait for no idle session', async () => {
    const client = await open();
    const closed = Promise.all([once(client, 'close'), once(server, 'close')]);
    server.close();
    expect(await sessions.closeWithin(FAR_MS)).toBe(0);
    await closed;
  });

  it('should end a session whose connection had been accepted before', async () => {
    expect(await sessions.closeWithin(FAR_MS)).toBe(0);
    const client = connect(`http://127.0.0.1:${port}`);
    clients.push(client);
    await once(client, 'close');
    server.close();
  });

  it('should cut off, and count, what is left when the time is over', async () => {
    const { request } = await ask(await open());
    const closed = Promise.all([once(request, 'close'), once(server, 'close')]);
    server.close();
    expect(await sessions.closeWithin(0)).toBe(1);
    await closed;
  });

  it('should not wait for long for a client that keeps its side of the connection open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stubborn: Socket = connectTcp({ port, host: '127.0.0.1', allowHalfOpen: true });
    stubborn.on('error', () => undefined).write(OPENING, 'latin1');
    await once(stubborn, 'data');
    const ended = once(stubborn.resume(), 'end');
    server.close();
    const closing = sessions.closeWithin(FAR_MS);
    await ended;
    await vi.advanceTimersByTimeAsync(FAR_MS / 2);
    expect(await closing).toBe(0);
    stubborn.destroy();
  });
});

describe('when there is no server', () => {
  it('should have nothing to close', async () => {
    expect(await new Http2Sessions(undefined).closeWithin(FAR_MS)).toBe(0);
  });
});
