import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowHalfClose } from './half-close.js';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

let server: Server;

beforeEach(async () => {
  server = createServer();
  allowHalfClose(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A request without an answer yet. */
async function ask(version: string): Promise<{ client: Socket; response: ServerResponse; text: () => string }> {
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  client.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  client.write(`GET / HTTP/${version}\r\nHost: localhost\r\n\r\n`);
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  return { client, response, text: () => text };
}

describe('when a client closes its sending side', () => {
  it('should get its answer, after interim responses, and the connection be closed', async () => {
    const { client, response, text } = await ask('1.1');
    client.end();
    await once(client, 'data');
    expect(text()).toBe(CONTINUE);
    response.end('answer');
    await once(client, 'end');
    const answer = text().replaceAll(CONTINUE, '');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\n\r\nanswer$/);
  });

  it('should get nothing but its answer where it speaks HTTP/1.0', async () => {
    const { client, response, text } = await ask('1.0');
    const ended = once(response.socket!, 'end');
    client.end();
    await ended;
    setImmediate(() => response.end('answer'));
    await once(client, 'end');
    expect(text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('when a client is gone', () => {
  it('should close the response before it is written', async () => {
    const { client, response } = await ask('1.1');
    client.destroy();
    await once(response, 'close');
    expect(response.writableEnded).toBe(false);
  });
});
