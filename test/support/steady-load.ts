import type { WorkAnswer, WorkApp } from './start-work.js';

/** Clients that ask a route of the fixture `work` again and again until they are stopped. */
export class SteadyLoad {
  readonly answers: WorkAnswer[] = [];
  private readonly clients: Promise<void>[];
  private stopped = false;

  constructor(
    private readonly app: WorkApp,
    private readonly path: string,
    clients: number,
    private readonly order: object = {},
  ) {
    this.clients = Array.from({ length: clients }, (_, client) => this.run(client));
  }

  /** Resolves when all clients have their last answer. */
  async stop(): Promise<readonly WorkAnswer[]> {
    this.stopped = true;
    await Promise.all(this.clients);
    return this.answers;
  }

  /** Statuses of all answers so far, each once. */
  get statuses(): number[] {
    return [...new Set(this.answers.map(({ status }) => status))];
  }

  private async run(client: number): Promise<void> {
    for (let turn = 0; !this.stopped; turn++) {
      const id = `${this.path}-${client}-${turn}-${performance.now()}`;
      this.answers.push(await this.app.order(this.path, { ...this.order, id }));
    }
  }
}
