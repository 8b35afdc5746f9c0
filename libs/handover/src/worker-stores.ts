import { readStoredHandle } from '#libs/protocol';
import { RedisConnection } from './redis-connection.js';
import type { RedisHandOver } from './redis-hand-over.js';
import { WorkerHandOver } from './worker-hand-over.js';

export interface WorkerStoresOptions {
  /** All that the worker writes to or reads from, by their numbers in handles. */
  readonly stores: ReadonlyMap<number, RedisHandOver>;
  /** The one that it writes to. */
  readonly own?: number | undefined;
  readonly onDown: (reason: string) => void;
}

/** The stores of a worker: the one of its own stage, and those of the stages before. */
export class WorkerStores {
  private constructor(
    private readonly byNumber: ReadonlyMap<number, WorkerHandOver>,
    private readonly own: WorkerHandOver | undefined,
  ) {}

  /**
   * Connects to each; what cannot be reached is tried again while the worker serves. Undefined where there are none.
   * @throws Error that says what to install
   */
  static async open({ stores, own, onDown }: WorkerStoresOptions): Promise<WorkerStores | undefined> {
    if (stores.size === 0) return undefined;
    const byNumber = new Map<number, WorkerHandOver>();
    const attempts = [...stores].map(([number, settings]) => {
      const down = (reason: string): void => onDown(`no connection to Redis at ${settings.address}: ${reason}`);
      const connection = new RedisConnection(settings, { up: () => undefined, down });
      byNumber.set(number, new WorkerHandOver(number, settings, connection));
      return connection.open();
    });
    await Promise.all(attempts);
    return new WorkerStores(byNumber, own === undefined ? undefined : byNumber.get(own));
  }

  /** @throws UnavailableError when the store does not take the value */
  write(value: Uint8Array): Promise<Uint8Array> {
    if (!this.own) throw new Error('a result is wanted in a store, and this worker has none');
    return this.own.write(value);
  }

  /** @throws UnavailableError when the store does not answer, or has the value no more */
  read(payload: Uint8Array): Promise<Uint8Array> {
    const { store } = readStoredHandle(payload);
    const handOver = this.byNumber.get(store);
    if (!handOver) throw new Error(`a hand-over lies in store ${store}, which is not known here`);
    return handOver.read(payload);
  }
}
