import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface LineAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface LineCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that answers as a test says; `undefined` cuts the connection. */
export class LineServer {
  private readonly server: Server;
  calls = 0;
  /** Requests without an answer, and the most of them at a time. */
  open = 0;
  mostOpen = 0;

  constructor(answer: (call: LineCall) => LineAnswer | undefined | Promise<LineAnswer | undefined>) {
    this.server = createServer((request, response) => {
      this.calls++;
      this.mostOpen = Math.max(this.mostOpen, ++this.open);
      response.once('close', () => this.open--);
      const { url: path = '', headers } = request;
      void buffer(request)
        .then((body) => answer({ path, headers, body: body.toString() }))
        .then((reply) => {
          if (!reply) return void request.socket.destroy();
          const type = { 'content-type': 'application/json' };
          response.writeHead(reply.status ?? 200, { ...type, ...reply.headers }).end(reply.body);
        })
        .catch(() => request.socket.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
