import { Pool, type Dispatcher } from 'undici';
import { codeOfError } from '../../load-test/client/error-code.js';
import { ANSWER_TOO_LONG, TIMEOUT, type NoAnswer, type Reply } from './reply.js';
import { retryAfterMs } from './retry-after.js';

export interface SenderOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

/** Sends lines over connections that are kept, one request at a time on each. */
export class HttpSender {
  private readonly pool: Pool;
  private readonly base: string;
  private readonly onTheirWay = new Set<AbortController>();

  constructor(private readonly options: SenderOptions) {
    const { url, connections, timeoutMs } = options;
    // One timer of its own covers the whole of a request.
    const timeouts = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: timeoutMs };
    this.pool = new Pool(url.origin, { connections, pipelining: 1, ...timeouts });
    this.base = url.pathname.replace(/\/$/, '');
  }

  /** Never rejects: what went wrong is a reply too. */
  async send(route: string, body: Buffer, key: string): Promise<Reply> {
    const stop = new AbortController();
    this.onTheirWay.add(stop);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop.abort();
    }, this.options.timeoutMs);
    try {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key, ...this.options.headers };
      const request = { path: `${this.base}${route}`, method: 'POST', headers, body, signal: stop.signal } as const;
      return await this.read(await this.pool.request(request));
    } catch (error) {
      return late ? this.timeout() : noAnswer(error);
    } finally {
      clearTimeout(timer);
      this.onTheirWay.delete(stop);
    }
  }

  /** Gives up what is on its way. */
  abort(): void {
    for (const stop of this.onTheirWay) stop.abort();
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Reply> {
    const { maxAnswerBytes } = this.options;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxAnswerBytes) {
        const message = `The answer has more than ${maxAnswerBytes} bytes: raise --max-line.`;
        return { status: undefined, code: ANSWER_TOO_LONG, message };
      }
      chunks.push(chunk);
    }
    return {
      status: statusCode,
      mediaType: first(headers['content-type'])?.split(';', 1)[0]?.trim().toLowerCase() ?? '',
      requestId: first(headers['x-request-id']),
      retryAfterMs: retryAfterMs(first(headers['retry-after']), Date.now()),
      body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
    };
  }

  private timeout(): NoAnswer {
    const message = `There was no answer within ${this.options.timeoutMs} ms: raise --timeout, or send fewer at a time.`;
    return { status: undefined, code: TIMEOUT, message };
  }
}

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

function noAnswer(error: unknown): NoAnswer {
  const code = codeOfError(error);
  return { status: undefined, code, message: `The connection failed (${code}).` };
}
