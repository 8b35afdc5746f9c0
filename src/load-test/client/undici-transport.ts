import { Pool, type Dispatcher } from 'undici';
import { type RequestPlan } from '../load-plan.js';
import { ReplyReader } from './reply-reader.js';
import { type Reply, type Transport } from './transport.interface.js';

/** HTTP/1.1 over kept connections, one request at a time on each. */
export class UndiciTransport implements Transport {
  private readonly pool: Pool;
  /** One per body: only the body and its type differ from request to request. */
  private readonly requests: readonly Dispatcher.DispatchOptions[];

  constructor(
    private readonly plan: RequestPlan,
    connections: number,
  ) {
    // The run has one deadline of its own, from the intended start to the end of the answer.
    const timeouts = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: plan.timeoutMs };
    this.pool = new Pool(plan.url.origin, { connections, pipelining: 1, ...timeouts });
    this.requests = requestsOf(plan);
  }

  send(turn: number, done: (reply: Reply) => void): () => void {
    const reader = new ReplyReader(done);
    this.pool.dispatch(this.requests[turn % this.requests.length] as Dispatcher.DispatchOptions, reader);
    return () => reader.takeBack();
  }

  bytesOf(turn: number): number {
    const { bodies } = this.plan;
    return bodies[turn % bodies.length]?.bytes.length ?? 0;
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

function requestsOf({ url, method, headers, bodies }: RequestPlan): Dispatcher.DispatchOptions[] {
  const path = `${url.pathname}${url.search}`;
  const common = { path, method: method };
  if (bodies.length === 0) return [{ ...common, headers }];
  return bodies.map(({ bytes, contentType }) => ({
    ...common,
    headers: { ...(contentType !== undefined && { 'content-type': contentType }), ...headers },
    body: bytes,
  }));
}
