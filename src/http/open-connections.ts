import { Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer, type TLSSocket } from 'node:tls';

/** The response that a connection waits for, which Node's types do not know. */
type Connection = Socket & { readonly _httpMessage?: ServerResponse | null };

/** How soon a connection is closed after the last request on it has been answered, in milliseconds. */
const SWEEP_MS = 50;

/**
 * The connections of HTTP/1.1 of a server that may keep it from closing. Node closes those whose last request is answered at that
 * moment. It forgets the ones that have never carried a request (browsers open such ahead of need) and those that
 * become idle later and are kept alive: each would hold the server open for as long as its client likes.
 */
export class OpenConnections {
  private readonly connections = new Set<Connection>();

  constructor(server: unknown) {
    if (server instanceof Server) server.on('connection', (connection: Connection) => this.add(connection));
    if (!(server instanceof TlsServer)) return;
    server.on('secureConnection', (connection: TLSSocket) => {
      if (connection.alpnProtocol !== 'h2') this.add(connection);
    });
  }

  /**
   * Closes every connection that carries no request, at once and as soon as that is so.
   * @param timeoutMs when the others are cut off, too
   * @returns how many had to be
   */
  closeWithin(timeoutMs: number): Promise<number> {
    const cutAt = performance.now() + timeoutMs;
    return new Promise((resolve) => {
      const sweep = () => {
        const isOver = performance.now() >= cutAt;
        const busy = [...this.connections].filter(isBusy);
        for (const connection of this.connections) if (isOver || !isBusy(connection)) connection.destroy();
        if (busy.length > 0 && !isOver) return;
        clearInterval(sweeping);
        resolve(busy.length);
      };
      const sweeping = setInterval(sweep, SWEEP_MS);
      sweep();
    });
  }

  private add(connection: Connection): void {
    this.connections.add(connection);
    connection.once('close', () => this.connections.delete(connection));
  }
}

/** Node detaches a response from its connection when its last byte has been handed over, sent or not. */
function isBusy(connection: Connection): boolean {
  return Boolean(connection._httpMessage) || connection.writableLength > 0;
}
