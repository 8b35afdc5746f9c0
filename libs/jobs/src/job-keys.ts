import { createHash } from 'node:crypto';

/** Names of keys and channels in Redis; all begin with the prefix. */
export class JobKeys {
  /** Who runs a job hears here that it is cancelled. */
  readonly cancelled: string;

  constructor(readonly prefix: string) {
    this.cancelled = `${prefix}:cancelled`;
  }

  record(id: string): string {
    return `${this.prefix}:job:${id}`;
  }

  body(id: string): string {
    return `${this.record(id)}:body`;
  }

  result(id: string): string {
    return `${this.record(id)}:result`;
  }

  changes(id: string): string {
    return `${this.prefix}:changes:${id}`;
  }

  /** Keys of clients are of any length and form, and of each owner and route for itself. */
  idempotency(route: string, owner: string | undefined, key: string): string {
    const hash = createHash('sha256').update(JSON.stringify([route, owner ?? null, key]));
    return `${this.prefix}:known:${hash.digest('hex')}`;
  }
}
