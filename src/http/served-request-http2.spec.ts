import { once } from 'node:events';
import { connect, constants, type ClientHttp2Session } from 'node:http2';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FastifyInstance } from 'fastify';
import * as http2Frames from './http2-frames.fixture.js';
import { acceptHttp2 } from './http2-preface.js';
import { handlerOptions, serverOf } from './served-request.fixture.js';

let app: FastifyInstance;
let client: ClientHttp2Session;
let handler: ReturnType<typeof handlerOptions>;

beforeEach(async () => {
  handler = handlerOptions();
  app = serverOf(handler.options);
  acceptHttp2(app.server);
  client = connect(await app.listen({ port: 0, host: '127.0.0.1' }));
});
afterEach(async () => {
  client.destroy();
  await app.close();
});

describe('when a stream is reset', () => {
  it.each([constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL])(
    'should abandon its request and hold no byte (%i)',
    async (code) => {
      const arrived = handler.next();
      const stream = client.request({ ':method': 'POST', ':path': '/echo' });
      stream.on('error', () => undefined).end('"body"');
      const request = await arrived;
      stream.close(code);
      await vi.waitFor(() => expect(request.abandoned).toEqual(['CANCELLED']));
      await vi.waitFor(() => expect(handler.budget.heldBytes).toBe(0));
    },
  );

  it.each([constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL])(
    'should not take what came of its body for the whole (%i)',
    async (code) => {
      const { port } = app.server.address() as AddressInfo;
      const socket = connectTcp(port, '127.0.0.1').setEncoding('latin1');
      let received = '';
      socket.on('data', (chunk: string) => (received += chunk));
      socket.write(http2Frames.opening);
      socket.write(http2Frames.post(1, '/echo'));
      socket.write(http2Frames.data(1, '"body"'));
      await vi.waitFor(() => expect(handler.budget.heldBytes).toBe(6));
      socket.write(http2Frames.reset(1, code));
      socket.write(http2Frames.ping);
      await vi.waitFor(() => expect(received).toContain(http2Frames.pong));
      await vi.waitFor(() => expect(handler.budget.heldBytes).toBe(0));
      expect(handler.requests).toEqual([]);
      socket.destroy();
      await once(socket, 'close');
    },
  );
});
