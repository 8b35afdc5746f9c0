import type { Plan } from '../fixtures/work/plan.js';
import type { Report } from '../fixtures/work/order.js';
import type { AppProcess } from './app-process.js';
import { post, type Answer } from './post.js';
import { startApp, type StartOptions } from './start-app.js';
import type { TraceFolder } from './trace-folder.js';

/** The fixture `work` as it runs, with what tests ask of it. */
export class WorkApp {
  constructor(
    readonly process: AppProcess,
    readonly traces: TraceFolder,
  ) {}

  async order(path: string, order: object | string, headers: Record<string, string> = {}): Promise<WorkAnswer> {
    const answer = await post(`${this.process.url}${path}`, order, headers);
    return { ...answer, report: answer.json as WorkAnswer['report'] };
  }

  /** Whether a stage has been entered with the item. */
  entered(id: string): boolean {
    return this.traces.lines('entered').includes(id);
  }
}

export interface WorkAnswer extends Answer {
  /** Of a stage, or an error body. */
  readonly report: Report & { readonly code?: string; readonly message?: string };
}

/** Which worker it was among all that the server ever had. */
export function lifeOf({ pid, threadId }: Report): Pick<Report, 'pid' | 'threadId'> {
  return { pid, threadId };
}

/** Starts the fixture with these routes, without waiting. */
export async function startWork(traces: TraceFolder, plan: Plan, options: StartOptions = {}): Promise<WorkApp> {
  const env = { ...traces.env, WORK_PLAN: JSON.stringify(plan), ...options.env };
  return new WorkApp(await startApp('work', { ...options, env }), traces);
}

/** As `startWork`, and resolves when every stage is ready. */
export async function startReadyWork(traces: TraceFolder, plan: Plan, options?: StartOptions): Promise<WorkApp> {
  const app = await startWork(traces, plan, options);
  await app.process.waitReady();
  return app;
}
