import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { JobRecord } from '#libs/jobs';
import { keepRecord } from './job-of.js';
import { JobsRuntime } from './jobs-runtime.js';
import { noSuchJob } from './no-such-job.js';

/** What an id looks like: nothing else is asked of Redis. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Finds the job of a request, before the guard of the application sees it. */
@Injectable()
export class FindJobGuard implements CanActivate {
  constructor(@Inject(JobsRuntime) private readonly runtime: JobsRuntime) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
    const { id } = request.params;
    const record = ID.test(id) ? await this.runtime.jobs.read(id) : undefined;
    if (!record || !this.runtime.mayUse(record, request)) throw noSuchJob();
    keepRecord(request, record satisfies JobRecord);
    return true;
  }
}
