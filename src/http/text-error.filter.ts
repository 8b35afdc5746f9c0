import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PipelineException } from './pipeline.exception.js';

/** Answers failed requests with mosec's plain texts: `errorFormat: 'text'`. */
@Catch(PipelineException)
export class TextErrorFilter implements ExceptionFilter<PipelineException> {
  catch(exception: PipelineException, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const body = exception.getResponse();
    void reply.code(exception.getStatus());
    if (typeof body === 'string') void reply.type('text/plain; charset=utf-8');
    void reply.send(body);
  }
}
