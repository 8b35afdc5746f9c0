import type { Client, Peers, Queue } from './peers.js';

/** A queue whose first words to Redis failed is never ready again: another one is made after this many milliseconds. */
const MADE_AGAIN_MS = 1_000;

/** A queue of BullMQ to put jobs into, which is there also where Redis was not when it was made. */
export class ReadyQueue<Data = unknown> {
  private current: Queue<Data>;

  constructor(
    private readonly peers: Pick<Peers, 'Queue'>,
    readonly name: string,
    private readonly options: { readonly connection: Pick<Client, 'status'>; readonly [name: string]: unknown },
  ) {
    this.current = this.make();
  }

  get queue(): Queue<Data> {
    return this.current;
  }

  private make(): Queue<Data> {
    const queue = new this.peers.Queue<Data>(this.name, this.options);
    queue.on('error', () => undefined);
    queue.waitUntilReady().catch(() => setTimeout(() => this.remake(), MADE_AGAIN_MS).unref());
    return queue;
  }

  private remake(): void {
    if (this.options.connection.status !== 'end') this.current = this.make();
  }
}
