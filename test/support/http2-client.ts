import { once } from 'node:events';
import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2';

export interface Http2Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

/** One session of HTTP/2, on which a test opens and resets streams. */
export class Http2Client {
  /** Codes of the GOAWAY frames so far. */
  readonly goaways: number[] = [];

  private constructor(readonly session: ClientHttp2Session) {
    session.on('error', () => undefined);
    session.on('goaway', (code: number) => this.goaways.push(code));
  }

  /** To `http:` without asking whether HTTP/2 is spoken, to `https:` by ALPN. Resolves when the settings are there. */
  static async connect(url: string, options: SecureClientSessionOptions = {}): Promise<Http2Client> {
    const client = new Http2Client(connect(url, options));
    await once(client.session, 'remoteSettings');
    return client;
  }

  get isClosed(): boolean {
    return this.session.destroyed;
  }

  /** Opens a stream; its body is left to the test unless it is given. */
  open(path: string, headers: Record<string, string> = {}, body?: string | Uint8Array): ClientHttp2Stream {
    const stream = this.session.request({ ':method': 'POST', ':path': path, ...headers });
    stream.on('error', () => undefined);
    if (body !== undefined) stream.end(body);
    return stream;
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Http2Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    return answerOf(this.open(path, headers, raw ? body : JSON.stringify(body)));
  }

  async get(path: string): Promise<Http2Answer> {
    return answerOf(this.open(path, { ':method': 'GET' }));
  }

  destroy(): void {
    this.session.destroy();
  }
}

/** Reads the answer of a stream to its end. */
export async function answerOf(stream: ClientHttp2Stream): Promise<Http2Answer> {
  const chunks: Buffer[] = [];
  let headers: IncomingHttpHeaders = {};
  stream.on('response', (received) => (headers = received));
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'close');
  const text = Buffer.concat(chunks).toString();
  return { status: Number(headers[':status'] ?? 0), headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
