import { request, type Agent } from 'node:http';

export interface ClientOptions {
  readonly agent: Agent;
  readonly port: number;
  readonly paths: readonly string[];
  /** Counts an answer by its status, or by what happened instead. */
  readonly count: (outcome: string) => void;
}

const LARGEST_BYTES = 100_000;
const LEAVE_PART = 0.03;
const LONGEST_STAY_MS = 30;

/** One client that asks again and again, with bodies of all sizes, and leaves some requests without their answer. */
export class Client {
  private stopped = false;

  constructor(private readonly options: ClientOptions) {}

  async run(): Promise<void> {
    while (!this.stopped) this.options.count(await this.ask());
  }

  stop(): void {
    this.stopped = true;
  }

  private ask(): Promise<string> {
    const { agent, port, paths } = this.options;
    const path = `/${paths[Math.floor(Math.random() * paths.length)]}`;
    const body = Buffer.alloc(1 + Math.floor(Math.random() ** 4 * LARGEST_BYTES), path);
    return new Promise((resolve) => {
      const sent = request({ agent, port, path, host: '127.0.0.1', method: 'POST' }, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('error', () => resolve('left'));
        const { statusCode } = response;
        response.on('end', () =>
          resolve(statusCode === 200 && bytes !== body.length ? 'wrong answer' : String(statusCode)),
        );
      });
      let left = false;
      sent.on('error', () => resolve(left ? 'left' : 'lost'));
      if (Math.random() < LEAVE_PART) {
        const timer = setTimeout(() => {
          left = true;
          sent.destroy();
        }, Math.random() * LONGEST_STAY_MS);
        sent.on('close', () => clearTimeout(timer));
      }
      sent.end(body);
    });
  }
}
