import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postMessage } from './post-message.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

async function post(listener: RequestListener, timeoutMs = 10_000): Promise<number> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://name.that.nobody.knows.invalid:${port}/hook?x=1`);
  return postMessage({
    url,
    address: { address: '127.0.0.1', family: 4 },
    headers: { 'webhook-id': 'one' },
    payload: '{"ä":1}',
    timeoutMs,
  });
}

describe('when a message is posted', () => {
  it('should reach the address that was checked, by its own name', async () => {
    const seen: unknown[] = [];
    const status = await post((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      request.on('end', () => response.writeHead(202).end());
      seen.push(request.method, request.url, request.headers['webhook-id'], request.headers.host?.split(':')[0]);
    });
    expect(status).toBe(202);
    expect(seen).toEqual(['POST', '/hook?x=1', 'one', 'name.that.nobody.knows.invalid', '{"ä":1}']);
  });

  it('should not follow a redirect', async () => {
    let requests = 0;
    const status = await post((_request, response) => {
      requests++;
      response.writeHead(307, { location: '/again' }).end();
    });
    expect([status, requests]).toEqual([307, 1]);
  });

  it('should not read an answer that has no end', async () => {
    const closed: string[] = [];
    const status = await post((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(8_192)));
      };
      response.on('drain', more).on('close', () => closed.push('closed'));
      more();
    });
    expect(status).toBe(200);
    await expect.poll(() => closed).toEqual(['closed']);
  });

  it('should give up where there is no answer', async () => {
    await expect(post(() => undefined, 50)).rejects.toThrow('no answer within 50 ms');
  });

  it('should fail where the connection ends', async () => {
    await expect(post((request) => request.socket.destroy())).rejects.toThrow();
  });
});
