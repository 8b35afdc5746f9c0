import { Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const PROBE = Symbol('probe');

/** A response that has begun, and knows how to write what its reader skips. */
interface Probed {
  [PROBE]?: () => void;
}

/** What asks the client of a response that has begun. */
export function onProbe(response: object, probe: () => void): void {
  (response as Probed)[PROBE] = probe;
}

/** Node's own switch, which its types do not know, and the response that a connection waits for. */
type HalfOpenServer = Server & { httpAllowHalfOpen?: boolean };
type Connection = Socket & { readonly _httpMessage?: ServerResponse | null };

/** When a client that has closed its sending side is asked whether it still reads, in milliseconds after that. */
const PROBES_MS = [0, 100, 1_000];

/**
 * Lets a client that has only closed its sending side read its answer. One that is gone looks the same to TCP until
 * something is sent to it: an interim response (`100 Continue`), which every HTTP/1.1 client skips, or on a stream a
 * comment. The first one makes
 * the peer's kernel report that nobody is there, the next one fails, and the connection closes as any other.
 */
export function allowHalfClose(server: unknown): void {
  if (!(server instanceof Server)) return;
  (server as HalfOpenServer).httpAllowHalfOpen = true;
  server.on('connection', (connection: Connection) => {
    connection.once('end', () => {
      const response = connection._httpMessage;
      if (response) for (const afterMs of PROBES_MS) setTimeout(() => probe(connection, response), afterMs).unref();
    });
  });
}

function probe(connection: Connection, response: ServerResponse): void {
  if (connection._httpMessage !== response) return;
  if (response.headersSent) (response as Probed)[PROBE]?.();
  else if (response.req.httpVersion !== '1.0') response.writeContinue();
}
