import { type MosecError, type Outcome } from '#libs/contracts';
import type { JobEnd, JobOutcome, JobRecord, JobSite, JobTask } from '#libs/jobs';
import type { Pipeline, Task } from '#libs/pipeline';
import { errorText } from '../http/error-text.js';
import { PipelineException } from '../http/pipeline.exception.js';
import type { MosecEngine } from '../mosec.engine.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const OK = 200;

/** Runs jobs on a pipeline of this process, as requests that nobody waits for. */
export class PipelineSite implements JobSite {
  constructor(
    private readonly engine: MosecEngine,
    private readonly pipeline: Pipeline,
    private readonly errorFormat: 'json' | 'text',
  ) {}

  get stages(): readonly string[] {
    return this.pipeline.stages;
  }

  run(record: JobRecord, body: Uint8Array, deadline: number, onStage: (stage: number) => void): JobTask {
    const { budget, store } = this.engine;
    const { route, context, inputFormat, outputFormat } = record;
    const { length } = body;
    let task: Task | undefined;
    const outcome = new Promise<JobOutcome>((resolve) => {
      budget.take(length);
      const shared = store?.store([body], length);
      const payload = shared?.bytes ?? body;
      const request = { payload, shared, route, context, inputFormat, outputFormat, deadline, onStage };
      task = this.pipeline.submit(request, (answer) => {
        budget.giveBack(length);
        resolve(this.outcome(record, answer));
      });
      shared?.release();
    });
    return { outcome, abandon: (error) => task?.abandon(error) };
  }

  failed({ context }: Pick<JobRecord, 'context'>, error: MosecError): JobEnd {
    const { id } = JSON.parse(context) as { id: string };
    const body = new PipelineException(error, id, this.errorFormat).getResponse();
    const isText = typeof body === 'string';
    const { statusCode, code } = error;
    return {
      state: 'failed',
      statusCode,
      contentType: isText ? TEXT_TYPE : JSON_TYPE,
      payload: Buffer.from(isText ? body : JSON.stringify(body)),
      failure: { statusCode, code, message: errorText(error) },
    };
  }

  /** Bytes in shared memory are valid only now. */
  private outcome(record: JobRecord, { error, payload, shared }: Outcome): JobOutcome {
    if (error) return { end: this.failed(record, error), error };
    const bytes = shared ? Buffer.from(payload) : payload;
    return { end: { state: 'succeeded', statusCode: OK, contentType: record.mediaType, payload: bytes } };
  }
}
