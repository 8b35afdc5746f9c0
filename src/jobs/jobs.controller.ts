import { Delete, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MosecError } from '#libs/contracts';
import { hasAnswer, hasEnded, type JobRecord } from '#libs/jobs';
import type { JobDescription } from './job-description.interface.js';
import { JobErrorFilter } from './job-error.filter.js';
import { JobEventStream } from './job-event-stream.js';
import { recordOf } from './job-of.js';
import { JobsRuntime } from './jobs-runtime.js';
import { noSuchJob } from './no-such-job.js';

/** When a client should look again for a job that has not ended, in seconds. */
const LOOK_AGAIN_S = 1;

/** Asynchronous jobs over HTTP. Has no path and no guards of its own: see `jobsController`. */
@UseFilters(JobErrorFilter)
export class JobsController {
  constructor(@Inject(JobsRuntime) private readonly runtime: JobsRuntime) {}

  @Get(':id')
  job(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.show(recordOf(request) as JobRecord, reply);
  }

  /** The answer as the request would have got it; before there is one, what `job` says. */
  @Get(':id/result')
  async result(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const record = recordOf(request) as JobRecord;
    const { id, state, statusCode, contentType } = record;
    if (!hasEnded(state)) return this.show(record, reply.code(202));
    if (statusCode === undefined || contentType === undefined) {
      throw new MosecError('the job was cancelled and has no result', 410, 'CANCELLED');
    }
    const result = await this.runtime.jobs.result(id);
    if (!result) throw noSuchJob();
    void reply.code(statusCode).header('content-type', contentType).header('cache-control', 'no-store').send(result);
  }

  @Get(':id/events')
  events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { runtime } = this;
    const { id } = recordOf(request) as JobRecord;
    void reply.header('content-type', 'text/event-stream').header('cache-control', 'no-store');
    if (request.method === 'HEAD') return void reply.send();
    const stream = new JobEventStream({
      read: async () => {
        const record = await runtime.jobs.read(id);
        return record && runtime.describe(record);
      },
      watch: (listener) => runtime.jobs.watch(id, listener),
      hasEnded: ({ state }) => hasEnded(state),
      keepAliveMs: runtime.keepAliveMs,
    });
    void reply.header('x-accel-buffering', 'no').send(runtime.addStream(stream));
  }

  /** Cancels what has not ended, also the second time; removes what has an answer. */
  @Delete(':id')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { jobs } = this.runtime;
    const record = recordOf(request) as JobRecord;
    const before = await jobs.remove(record);
    if (before === 'gone') throw noSuchJob();
    if (hasAnswer(before)) return void reply.code(204).send();
    const cancelled = await jobs.read(record.id);
    if (!cancelled) throw noSuchJob();
    this.show(cancelled, reply);
  }

  private show(record: JobRecord, reply: FastifyReply): void {
    if (!hasEnded(record.state)) void reply.header('retry-after', LOOK_AGAIN_S);
    void reply.header('cache-control', 'no-store').send(this.runtime.describe(record) satisfies JobDescription);
  }
}
