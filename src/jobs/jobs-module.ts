import {
  Controller,
  UseGuards,
  VERSION_NEUTRAL,
  type DynamicModule,
  type InjectionToken,
  type Provider,
  type Type,
} from '@nestjs/common';
import { JOBS_CONTROLLER } from '../http/open-api-jobs.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { jobsProblem } from './check-jobs-options.js';
import { FindJobGuard } from './find-job.guard.js';
import { JobsController } from './jobs.controller.js';
import type { JobsOptions } from './jobs-options.interface.js';
import { JOBS_PATH } from './jobs-path.js';
import { JobsRuntime } from './jobs-runtime.js';
import { JOBS_OPTIONS } from './jobs-token.js';
import { MosecJobs } from './mosec-jobs.js';

const JOBS_CHECK = Symbol('MOSEC_JOBS_CHECK');

/** Adds asynchronous jobs to a module, if they are asked for. */
export function withJobs(module: DynamicModule, { jobs }: { jobs?: JobsOptions | undefined }): DynamicModule {
  if (jobs === undefined) return module;
  const problem = jobsProblem(jobs);
  if (problem !== undefined) return { ...module, providers: [...(module.providers ?? []), refusal(problem)] };
  const own: Provider[] = [{ provide: JOBS_OPTIONS, useValue: jobs }, JobsRuntime, MosecJobs];
  const exported: InjectionToken[] = [JOBS_OPTIONS, JobsRuntime, MosecJobs];
  return {
    ...module,
    imports: [...(module.imports ?? []), ...(jobs.imports ?? [])],
    providers: [...(module.providers ?? []), ...(jobs.providers ?? []), ...own],
    controllers: [...(module.controllers ?? []), jobsController(jobs)],
    exports: [...(module.exports ?? []), ...exported],
  };
}

/** A class of its own for each application, as metadata belong to classes. */
function jobsController({ guard }: JobsOptions): Type {
  class MosecJobsController extends JobsController {}
  Reflect.defineMetadata(JOBS_CONTROLLER, true, MosecJobsController);
  UseGuards(FindJobGuard, ...(guard ? [guard] : []))(MosecJobsController);
  Controller({ path: JOBS_PATH, version: VERSION_NEUTRAL })(MosecJobsController);
  return MosecJobsController;
}

/** When the container is built, where it is told as any misuse is. */
function refusal(problem: string): Provider {
  return {
    provide: JOBS_CHECK,
    useFactory: () => {
      throw new MosecConfigurationError(problem);
    },
  };
}
