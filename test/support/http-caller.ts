import { Agent, request } from 'node:http';

export interface CallAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Many clients with keep-alive connections, which may leave without an answer. */
export class HttpCaller {
  private readonly agent: Agent;

  constructor(
    private readonly port: number,
    clients: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: clients });
  }

  /** @returns undefined where the caller left or the connection was lost before an answer was complete */
  post(path: string, body: string, leaveAfterMs?: number): Promise<CallAnswer | undefined> {
    return new Promise((resolve) => {
      const { agent, port } = this;
      const sent = request({ agent, port, path, host: '127.0.0.1', method: 'POST' }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(answerOf(response.statusCode, chunks)));
        response.on('error', () => resolve(undefined));
      });
      sent.on('error', () => resolve(undefined));
      if (leaveAfterMs !== undefined) {
        const timer = setTimeout(() => sent.destroy(), leaveAfterMs);
        sent.on('close', () => clearTimeout(timer));
      }
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function answerOf(status = 0, chunks: readonly Buffer[]): CallAnswer {
  return { status, json: JSON.parse(Buffer.concat(chunks).toString()) as unknown };
}
