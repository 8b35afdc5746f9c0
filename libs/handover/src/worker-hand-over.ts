import { randomBytes } from 'node:crypto';
import { EncodingError, UnavailableError } from '#libs/contracts';
import { readStoredHandle, storedHandle } from '#libs/protocol';
import { Coalescer } from './coalescer.js';
import type { RedisConnection, StoredEntry } from './redis-connection.js';
import type { RedisHandOver } from './redis-hand-over.js';

const ID_BYTES = 16;

/** Redis refuses larger strings, and the connection with them (its `proto-max-bulk-len`). */
const LARGEST_VALUE_BYTES = 512 << 20;

/** The connection of a worker to one Redis. */
export type WorkerStore = Pick<RedisConnection, 'getAll' | 'setAll'>;

/** Puts values of one stage into a Redis, or takes those of a stage before out of it. */
export class WorkerHandOver {
  private readonly gets: Coalescer<string, Buffer | null>;
  private readonly sets: Coalescer<StoredEntry, undefined>;

  /** @param number that of the store in handles */
  constructor(
    private readonly number: number,
    private readonly settings: RedisHandOver,
    store: WorkerStore,
  ) {
    this.gets = new Coalescer((keys) => store.getAll(keys));
    this.sets = new Coalescer((entries) => store.setAll(entries));
  }

  /**
   * Stores a value.
   * @returns its handle as a payload
   * @throws UnavailableError when Redis does not take it
   */
  async write(value: Uint8Array): Promise<Buffer> {
    const { length } = value;
    if (length > LARGEST_VALUE_BYTES) {
      throw new EncodingError(`a value of ${length} bytes is more than Redis takes (${LARGEST_VALUE_BYTES})`);
    }
    const id = randomBytes(ID_BYTES).toString('hex');
    await this.sets.add({ key: this.settings.keyOf(id), value }).catch(this.unavailable);
    return storedHandle({ store: this.number, id, length });
  }

  /**
   * The value behind a handle. It stays where it is: whether it is still needed, only the gateway knows.
   * @throws UnavailableError when Redis does not answer, or has it no more
   */
  async read(payload: Uint8Array): Promise<Buffer> {
    const { id, length } = readStoredHandle(payload);
    const value = await this.gets.add(this.settings.keyOf(id)).catch(this.unavailable);
    if (value?.length === length) return value;
    const { ttlMs } = this.settings;
    return this.unavailable(new Error(`the value is gone: it was evicted, or expired after ttlMs (${ttlMs})`));
  }

  private readonly unavailable = (reason: Error): never => {
    const cause = new Error(`Redis at ${this.settings.address}: ${reason.message}`);
    throw new UnavailableError('the hand-over between stages is unavailable', { code: 'HANDOVER_UNAVAILABLE', cause });
  };
}
