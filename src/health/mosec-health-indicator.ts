import { Injectable } from '@nestjs/common';
import { MosecReadiness } from './mosec-readiness.js';

/** A result as `@nestjs/terminus` takes it, under a key of the caller's choice. @publicApi */
export type MosecHealthResult<Key extends string = string> = Record<
  Key,
  { readonly status: 'up' } | { readonly status: 'down'; readonly reason: string }
>;

/**
 * The health of the stages for a controller of `@nestjs/terminus` (which this package does not need by itself):
 *
 * ```ts
 * @Get('health')
 * @HealthCheck()
 * check() {
 *   return this.health.check([() => this.mosec.isReady('models'), () => this.db.pingCheck('database')]);
 * }
 * ```
 *
 * The same is behind `/healthz`, `/readyz` and `/startupz`.
 * @publicApi
 */
@Injectable()
export class MosecHealthIndicator {
  /** @internal */
  constructor(private readonly readiness: MosecReadiness) {}

  /** Down once the service has failed for good, so that only a new process helps. */
  isLive<const Key extends string = 'mosec'>(key?: Key): MosecHealthResult<Key> {
    return resultOf(key, this.readiness.deadReason);
  }

  /** Up once every stage was ready once; stays up. */
  isStarted<const Key extends string = 'mosec'>(key?: Key): MosecHealthResult<Key> {
    return resultOf(key, this.readiness.startingReason);
  }

  /** Up while every stage has a ready worker, none is paused, the server is not stopping, and `readinessChecks` pass. */
  async isReady<const Key extends string = 'mosec'>(key?: Key): Promise<MosecHealthResult<Key>> {
    return resultOf(key, await this.readiness.unreadyReason());
  }
}

function resultOf<Key extends string>(key: Key | undefined, reason: string | undefined): MosecHealthResult<Key> {
  const result = reason === undefined ? { status: 'up' as const } : { status: 'down' as const, reason };
  return { [key ?? 'mosec']: result } as MosecHealthResult<Key>;
}
