import { Agent, request } from 'node:http';

export interface Sample {
  readonly answers: number;
  readonly throughput: number;
  readonly p50: number;
  readonly p99: number;
  /** Mean number of items in a batch. */
  readonly batch: number;
}

const MEDIAN = 0.5;
const TAIL = 0.99;

/** Clients of a gateway, each of which sends again as soon as it is answered. */
export class ClosedLoop {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  private latencies: number[] = [];
  private sizes: number[] = [];
  private isOver = false;
  private failure?: Error;

  constructor(
    private readonly port: number,
    private readonly body: Buffer,
  ) {}

  start(clients: number): void {
    for (let client = 0; client < clients; client += 1) this.send();
  }

  /** From now on, until the next call. @throws when a request was not answered with 200 */
  take(sinceMs: number): Sample {
    if (this.failure) throw this.failure;
    const [latencies, sizes] = [Float64Array.from(this.latencies).sort(), this.sizes];
    [this.latencies, this.sizes] = [[], []];
    const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
    const answers = latencies.length;
    const throughput = (answers * 1_000) / sinceMs;
    // Each item of a batch of n stands for 1/n of it.
    const batches = sizes.reduce((sum, size) => sum + 1 / size, 0);
    return { answers, throughput, p50: at(MEDIAN), p99: at(TAIL), batch: answers / batches };
  }

  stop(): void {
    this.isOver = true;
    this.agent.destroy();
  }

  private send(): void {
    const sentAt = performance.now();
    const { port, agent, body } = this;
    const headers = { 'content-length': body.length };
    const sent = request({ port, host: '127.0.0.1', path: '/wait', method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        this.latencies.push(performance.now() - sentAt);
        this.sizes.push(Number(text));
        if (response.statusCode !== 200)
          this.failure ??= new Error(`The gateway answered ${response.statusCode}: ${text}`);
        if (!this.isOver) this.send();
      });
    });
    sent.on('error', (error) => {
      if (!this.isOver) this.failure ??= error;
    });
    sent.end(body);
  }
}
