import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Connection } from './connection.js';
import { Exchange } from './exchange.js';

const BODY_BYTES = 20;
let server: Server | undefined;
let connection: Connection | undefined;

afterEach(() => {
  connection?.close();
  server?.close();
});

/** Sends requests to a server that answers each by `answer`, until `count` outcomes are known. */
async function outcomes(answer: (socket: Socket, body: Buffer) => void, count: number): Promise<string[]> {
  const started = (server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request: Buffer) => answer(socket, request.subarray(-BODY_BYTES)));
  }).listen(0, '127.0.0.1'));
  await once(started, 'listening');
  const { port } = started.address() as AddressInfo;
  const [exchange] = Exchange.forEach(1, '/one', BODY_BYTES) as [Exchange];
  return new Promise((resolve) => {
    const seen: string[] = [];
    const saw = (outcome: string): void => void (seen.push(outcome) === count && resolve(seen));
    const readBuffer = Buffer.alloc(4096);
    const answered = (latencyMs: number): void => saw(latencyMs > 0 ? 'answered' : 'no time');
    connection = new Connection({ port, exchange, readBuffer, answered, failed: saw });
  });
}

const head = (status: string, length = BODY_BYTES): string => `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\n\r\n`;

describe('when a server answers', () => {
  it('should ask again after each echo', async () => {
    const echo = (socket: Socket, body: Buffer): void =>
      void socket.write(Buffer.concat([Buffer.from(head('200 OK')), body]));
    expect(await outcomes(echo, 3)).toEqual(['answered', 'answered', 'answered']);
  });

  it('should put together an answer that comes byte by byte', async () => {
    const bytewise = (socket: Socket, body: Buffer): void => {
      const bytes = Buffer.concat([Buffer.from(head('200 OK')), body]);
      const next = (at: number): void => {
        if (at < bytes.length) socket.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    };
    expect(await outcomes(bytewise, 2)).toEqual(['answered', 'answered']);
  });

  it('should report another status and go on', async () => {
    let requests = 0;
    const busy = (socket: Socket, body: Buffer): void => {
      if (requests++ === 0) socket.write(`${head('429 Too Many', 4)}busy`);
      else socket.write(Buffer.concat([Buffer.from(head('200 OK')), body]));
    };
    expect(await outcomes(busy, 2)).toEqual(['status 429', 'answered']);
  });

  it('should report another length', async () => {
    const short = (socket: Socket): void => void socket.write(`${head('200 OK', 5)}mosec`);
    expect(await outcomes(short, 1)).toEqual(['5 bytes instead of 20']);
  });

  it('should report another content', async () => {
    const wrong = (socket: Socket): void => void socket.write(head('200 OK') + 'x'.repeat(BODY_BYTES));
    expect(await outcomes(wrong, 1)).toEqual(['the answer is no echo']);
  });

  it('should report an end without an answer', async () => {
    expect(await outcomes((socket) => socket.end(), 1)).toEqual(['the server closed a connection']);
    server?.close();
  });
});

describe('when nobody listens', () => {
  it('should report that', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const [exchange] = Exchange.forEach(1, '/one', BODY_BYTES) as [Exchange];
    const error = await new Promise((failed) => {
      connection = new Connection({
        port,
        exchange,
        readBuffer: Buffer.alloc(1),
        answered: () => failed('answered'),
        failed,
      });
    });
    expect(error).toContain('ECONNREFUSED');
  });
});
