import { Catch, HttpException, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MosecError } from '#libs/contracts';
import { setErrorHeaders } from '../http/error-headers.js';
import { PipelineException } from '../http/pipeline.exception.js';
import { requestId } from '../http/request-id.js';
import { recordOf } from './job-of.js';
import { noSuchJob } from './no-such-job.js';

const REFUSED: readonly number[] = [401, 403];

/** Answers errors of the job routes in the shape of those of pipelines, and a refusal of the job's guard as no job. */
@Catch(MosecError, HttpException)
export class JobErrorFilter extends BaseExceptionFilter<MosecError | HttpException> {
  override catch(error: MosecError | HttpException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (error instanceof MosecError) return answer(error, request, http.getResponse<FastifyReply>());
    // What refuses before the job was looked for is a guard of the whole application.
    const isOfJob = recordOf(request) !== undefined && REFUSED.includes(error.getStatus());
    if (isOfJob) answer(noSuchJob(), request, http.getResponse<FastifyReply>());
    else super.catch(error, host);
  }
}

function answer(error: MosecError, { headers }: FastifyRequest, reply: FastifyReply): void {
  const id = requestId(headers['x-request-id']);
  setErrorHeaders(reply, error);
  void reply
    .header('x-request-id', id)
    .code(error.statusCode)
    .send(new PipelineException(error, id, 'json').getResponse());
}
