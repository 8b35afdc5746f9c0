import { Injectable } from '@nestjs/common';
import { ClientError, UnavailableError } from '#libs/contracts';
import type { StageRef } from '../decorators/stage-ref.js';
import { monotonicNow } from '../mosec.clock.js';
import type { RunningStage } from './running-stage.interface.js';
import { MosecRegistry } from '../mosec.registry.js';
import { checkScale } from './check-scale.js';
import { describePool } from './describe-pool.js';
import { findStage } from './find-stage.js';
import type { PoolDescription } from './pool-description.interface.js';

/** How a stage is restarted. @publicApi */
export interface RestartOptions {
  /**
   * Workers that there may be beyond the number of the stage: with 1, each replacement is ready before the old worker
   * leaves; with 0, the old one leaves first, for stages of which two do not fit into memory.
   * @default 1
   */
  readonly surge?: 0 | 1;
}

/**
 * Looks at the workers of the stages and changes them while the server runs, without losing a request. Inject it
 * anywhere in the application. A stage is meant by its class, by the object that `stageRuntime` made, or by its name in
 * logs and metrics.
 *
 * Errors are `MosecError`s with a status: 404 `NOT_FOUND` for an unknown stage, 400 `CLIENT` for a bad value, 409 `CONFLICT`
 * for what the stage cannot do, 503 before the server has started and once it stops.
 * @publicApi
 */
@Injectable()
export class MosecControl {
  /** @internal */
  constructor(private readonly registry: MosecRegistry) {}

  /** All stages, in the order in which pipelines name them. */
  pools(): PoolDescription[] {
    const now = monotonicNow();
    return this.registry.engine.stages.map((stage) => describePool(stage, now));
  }

  /** One stage. */
  pool(stage: string | StageRef): PoolDescription {
    return describePool(this.find(stage), monotonicNow());
  }

  /**
   * Sets the number of workers of a stage. New ones take the lowest free numbers. Those that leave get no more batches and
   * end when they are done with what they have. Resolves when that has happened.
   * @param replicas at least 1; at most as many as `env` has maps, and within the bounds of `autoscale`, which goes on from there
   * @throws MosecError 500 `START_FAILED` with the cause when a new worker cannot start; the number stands, and its start is
   * tried again with growing delays
   */
  async scale(stage: string | StageRef, replicas: number): Promise<PoolDescription> {
    const found = this.findRunning(stage);
    checkScale(found, replicas);
    await found.supervisor.operations.scale(replicas);
    return describePool(found, monotonicNow());
  }

  /**
   * Replaces the workers of a stage by fresh ones, one at a time, e.g. after its model file was replaced. Resolves when the
   * last old one has ended.
   * @throws MosecError 500 `START_FAILED` with the cause when a replacement cannot start: workers that were not replaced yet
   * go on serving
   * @throws MosecError 409 `CONFLICT` while the stage is being restarted already
   */
  async restart(stage: string | StageRef, { surge = 1 }: RestartOptions = {}): Promise<PoolDescription> {
    const found = this.findRunning(stage);
    if (surge !== 0 && surge !== 1) throw new ClientError(`surge cannot be "${String(surge)}": give 0 or 1`);
    await found.supervisor.operations.restart(surge === 1);
    return describePool(found, monotonicNow());
  }

  /**
   * Gives the workers of a stage no more work; what they have goes on. Requests are accepted and wait, until their
   * deadline. The server is not ready meanwhile. A stop of the server ends the pause.
   */
  pause(stage: string | StageRef): PoolDescription {
    return this.setPaused(stage, true);
  }

  /** Ends a pause. */
  resume(stage: string | StageRef): PoolDescription {
    return this.setPaused(stage, false);
  }

  private setPaused(stage: string | StageRef, isPaused: boolean): PoolDescription {
    const found = this.findRunning(stage);
    found.pool.isPaused = isPaused;
    return describePool(found, monotonicNow());
  }

  private find(stage: string | StageRef): RunningStage {
    return findStage(this.registry.engine.stages, stage);
  }

  private findRunning(stage: string | StageRef): RunningStage {
    const { engine } = this.registry;
    if (!engine.isStarted) throw new UnavailableError('the server has not started yet: do this once it has');
    if (engine.isDraining) throw new UnavailableError('gracefully shutting down', { code: 'DRAINING' });
    return this.find(stage);
  }
}
