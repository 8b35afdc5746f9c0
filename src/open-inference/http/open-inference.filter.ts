import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MosecError } from '#libs/contracts';
import { reasonPhrase } from '../../http/error-text.js';

/** Answers every error of the protocol's routes in its form: `{"error": "…"}`. */
@Catch()
export class OpenInferenceFilter implements ExceptionFilter {
  private readonly logger = new Logger('OpenInference');

  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { statusCode, message } = this.describe(exception);
    if (reply.sent) return;
    void reply.code(statusCode).type('application/json; charset=utf-8').send(errorBody({ statusCode, message }));
  }

  private describe(exception: unknown): { statusCode: number; message: string } {
    if (exception instanceof HttpException) {
      const { cause } = exception;
      const statusCode = exception.getStatus();
      return { statusCode, message: cause instanceof MosecError ? cause.message : exception.message };
    }
    if (exception instanceof MosecError) return exception;
    const { statusCode, message } = exception as { statusCode?: unknown; message?: unknown };
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
      return { statusCode, message: String(message) };
    }
    this.logger.error(exception instanceof Error ? (exception.stack ?? exception.message) : String(exception));
    return { statusCode: 500, message: '' };
  }
}

/** The body of an error; a status without a text is told in words. */
export function errorBody({ statusCode, message }: { statusCode: number; message: string }): { error: string } {
  return { error: message.trim() || reasonPhrase(statusCode) };
}
