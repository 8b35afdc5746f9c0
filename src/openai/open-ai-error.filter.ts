import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MosecError } from '#libs/contracts';
import { setErrorHeaders } from '../http/error-headers.js';
import { errorBody, toldError } from './error-body.js';

/** Answers whatever goes wrong on the protocol's routes, in guards too, with bodies that its clients read. */
@Catch()
export class OpenAiErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('OpenAi');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toldError(thrown);
    if (error !== thrown) this.logger.error(thrown);
    if (error instanceof MosecError) setErrorHeaders(reply, error);
    const statusCode = error instanceof HttpException ? error.getStatus() : error.statusCode;
    if (statusCode === 401 && !reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', 'Bearer');
    void reply.code(statusCode).type('application/json; charset=utf-8').send(errorBody(error));
  }
}
