import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { ResolvedOptions } from '../config/resolved-options.interface.js';
import { JobsRuntime } from '../jobs/jobs-runtime.js';
import { MosecRegistry } from '../mosec.registry.js';
import { RESOLVED_OPTIONS } from '../mosec.tokens.js';
import { WatchedCheck } from './watched-check.js';

/** What the three probes have to say. */
@Injectable()
export class MosecReadiness {
  private readonly logger = new Logger('Readiness');
  private readonly checks: readonly WatchedCheck[];

  constructor(
    @Inject(RESOLVED_OPTIONS) { readinessChecks }: ResolvedOptions,
    private readonly registry: MosecRegistry,
    @Optional() @Inject(JobsRuntime) private readonly jobs?: JobsRuntime,
  ) {
    // The cause is for operators: probes may be answered to anybody.
    const changed = (name: string, cause: string | undefined): void => {
      if (cause === undefined) this.logger.log(`check "${name}" passes again`);
      else this.logger.warn(`check "${name}" fails: ${cause}`);
    };
    this.checks = readinessChecks.map((check) => new WatchedCheck(check, changed));
  }

  /** Why a new process is needed; undefined while there is hope. */
  get deadReason(): string | undefined {
    return this.registry.engine.health.failure === undefined ? undefined : 'the service has failed';
  }

  /** Why it has not come up yet; undefined once every stage was ready once, whatever happens later. */
  get startingReason(): string | undefined {
    const { stages, health } = this.registry.engine;
    const missing = stages.map(({ pool }) => pool.stage).filter((stage) => health.report(stage) === undefined);
    return missing.length === 0 ? undefined : `no replica was ready yet of stage ${missing.join(', ')}`;
  }

  /** Why it should get no requests now; undefined where it should. */
  async unreadyReason(): Promise<string | undefined> {
    const own = this.registry.engine.unreadyReason ?? this.jobs?.unreadyReason;
    if (own !== undefined || this.checks.length === 0) return own;
    const passed = await Promise.all(this.checks.map((check) => check.passes()));
    const failed = this.checks.filter((_, index) => !passed[index]).map(({ name }) => `"${name}"`);
    return failed.length === 0 ? undefined : `check ${failed.join(', ')} failed`;
  }
}
