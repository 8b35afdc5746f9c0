import type { PoolDescription } from 'nestjs-mosec';
import { ADMIN_KEY } from '../fixtures/work/key.guard.js';
import { ask, type Answer } from './post.js';
import { waitFor } from './wait-for.js';

/** An operator of the fixture `work`, who has the key. */
export class AdminClient {
  constructor(private readonly url: string) {}

  /** @throws Error where the answer is not 200 */
  async pool(stage: string): Promise<PoolDescription> {
    const answer = await this.get(`/pools/${stage}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.json as PoolDescription;
  }

  get(path: string): Promise<Answer> {
    return ask(`${this.url}/mosec/admin${path}`, { headers: { 'x-admin-key': ADMIN_KEY } });
  }

  post(stage: string, action: string, body?: unknown): Promise<Answer> {
    return ask(`${this.url}/mosec/admin/pools/${stage}/${action}`, {
      method: 'POST',
      headers: { 'x-admin-key': ADMIN_KEY, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Resolves with the pool as soon as it is as wanted. */
  async until(stage: string, condition: (pool: PoolDescription) => boolean): Promise<PoolDescription> {
    let pool: PoolDescription | undefined;
    const look = async (): Promise<boolean> => condition((pool = await this.pool(stage)));
    try {
      await waitFor(look, { what: `pool ${stage}: ${condition.toString()}` });
    } catch (error) {
      throw new Error(`the pool is ${JSON.stringify(pool)}`, { cause: error });
    }
    return pool as PoolDescription;
  }
}
