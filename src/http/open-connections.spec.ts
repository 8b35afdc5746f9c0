import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenConnections } from './open-connections.js';

const FAR_MS = 60_000;
let server: Server;
let connections: OpenConnections;

beforeEach(async () => {
  server = createServer({ keepAliveTimeout: FAR_MS });
  connections = new OpenConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function open(): Promise<Socket> {
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  await Promise.all([once(client, 'connect'), once(server, 'connection')]);
  return client;
}

/** A connection with a request without an answer yet. */
async function ask(): Promise<{ client: Socket; response: ServerResponse }> {
  const client = await open();
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  return { client, response };
}

describe('when a server closes', () => {
  it('should close a connection that has never carried a request', async () => {
    const client = await open();
    server.close();
    const closed = Promise.all([once(client, 'close'), once(server, 'close')]);
    expect(await connections.closeWithin(FAR_MS)).toBe(0);
    await closed;
  });

  it('should close a connection once its last answer is out, although its client keeps it alive', async () => {
    const { client, response } = await ask();
    server.close();
    const closed = Promise.all([once(client, 'close'), once(server, 'close')]);
    const closing = connections.closeWithin(FAR_MS);
    let text = '';
    client.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    response.end('answer');
    expect(await closing).toBe(0);
    await closed;
    expect(text).toMatch(/\r\n\r\nanswer$/);
  });

  it('should cut off, and count, what is left when the time is over', async () => {
    const { client } = await ask();
    server.close();
    const closed = Promise.all([once(client, 'close'), once(server, 'close')]);
    expect(await connections.closeWithin(0)).toBe(1);
    await closed;
  });
});

describe('when there is no server of Node', () => {
  it('should have nothing to close', async () => {
    expect(await new OpenConnections(undefined).closeWithin(FAR_MS)).toBe(0);
  });
});
