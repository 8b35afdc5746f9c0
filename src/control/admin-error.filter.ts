import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { MosecError } from '#libs/contracts';
import { PipelineException } from '../http/pipeline.exception.js';
import { requestId } from '../http/request-id.js';

/** Answers errors of runtime control in the shape of those of routes. */
@Catch(MosecError)
export class AdminErrorFilter implements ExceptionFilter<MosecError> {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(error: MosecError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { headers } = http.getRequest<{ headers: Record<string, string | undefined> }>();
    const id = requestId(headers['x-request-id']);
    const response: unknown = http.getResponse();
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'x-request-id', id);
    httpAdapter.reply(response, new PipelineException(error, id, 'json').getResponse(), error.statusCode);
  }
}
