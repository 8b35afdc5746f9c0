import type { JobsOptions, MosecModuleOptions } from 'nestjs-mosec';
import type { AppProcess } from './app-process.js';
import { startApp, startReadyApp, type StartOptions } from './start-app.js';
import type { TraceFolder } from './trace-folder.js';

/** Options of the fixture `async-jobs`. */
export interface JobsPlan extends MosecModuleOptions {
  readonly jobs: JobsOptions;
  /** How jobs are kept from others. @default 'none' */
  readonly access?: 'none' | 'owner' | 'guard';
}

function withPlan(traces: TraceFolder, plan: JobsPlan, options: StartOptions): StartOptions {
  return { ...options, env: { ...traces.env, JOBS: JSON.stringify(plan), ...options.env } };
}

/** Starts the fixture without waiting. */
export function startJobs(traces: TraceFolder, plan: JobsPlan, options: StartOptions = {}): Promise<AppProcess> {
  return startApp('async-jobs', withPlan(traces, plan, options));
}

/** As `startJobs`, and resolves when it is ready. */
export function startReadyJobs(traces: TraceFolder, plan: JobsPlan, options: StartOptions = {}): Promise<AppProcess> {
  return startReadyApp('async-jobs', withPlan(traces, plan, options));
}
