import { HttpException } from '@nestjs/common';
import type { MosecError } from '#libs/contracts';
import { errorText, reasonPhrase } from './error-text.js';

/** A failed request as Nest's exception filters see it; its cause is the `MosecError`. */
export class PipelineException extends HttpException {
  constructor(error: MosecError, requestId: string, format: 'json' | 'text') {
    super(bodyOf(error, requestId, format), error.statusCode, { cause: error });
  }
}

function bodyOf(error: MosecError, requestId: string, format: 'json' | 'text'): string | Record<string, unknown> {
  if (error.response !== undefined) return error.response as Record<string, unknown>;
  const message = errorText(error);
  if (format === 'text') return message;
  const { statusCode, code } = error;
  return { statusCode, error: reasonPhrase(statusCode), message, code, requestId };
}
