import type { ResponsesObject, SchemaObject } from '@nestjs/swagger';
import type { ErrorCode } from '#libs/contracts';
import { reasonPhrase } from './error-text.js';

/** A client that went away or does not read gets no answer, and some errors are of runtime control, not of routes. */
type AnsweredCode = Exclude<ErrorCode, 'CANCELLED' | 'SLOW_CLIENT' | 'NOT_FOUND' | 'CONFLICT' | 'START_FAILED'>;

const CODES: Record<AnsweredCode, true> = {
  DECODING: true,
  CLIENT: true,
  VALIDATION: true,
  SERVER: true,
  ENCODING: true,
  TIMEOUT: true,
  QUEUE_FULL: true,
  DEADLINE_UNREACHABLE: true,
  WORKER_CRASHED: true,
  WORKER_LOST: true,
  UNAVAILABLE: true,
  HANDOVER_UNAVAILABLE: true,
  REMOTE_UNAVAILABLE: true,
  DRAINING: true,
  TOO_LARGE: true,
  UNSUPPORTED_MEDIA_TYPE: true,
  JOBS_UNAVAILABLE: true,
  IDEMPOTENCY_MISMATCH: true,
  WEBHOOK_REFUSED: true,
  INTERNAL: true,
};

interface DocumentedError {
  readonly description: string;
  readonly code: AnsweredCode;
  readonly message: string;
}

const ERRORS: Record<number, DocumentedError> = {
  400: { description: 'The body cannot be decoded', code: 'DECODING', message: 'decoding error: unexpected end' },
  408: { description: 'The answer was not ready in time', code: 'TIMEOUT', message: 'inference timeout' },
  413: { description: 'The body is too large', code: 'TOO_LARGE', message: 'request body is too large' },
  415: {
    description: 'The body is in none of the accepted media types',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'unsupported media type',
  },
  422: {
    description: 'The input is well-formed but not acceptable',
    code: 'VALIDATION',
    message: 'request validation error: text must be a string',
  },
  429: {
    description: 'Too many requests are waiting',
    code: 'QUEUE_FULL',
    message: 'too many request: task queue is full',
  },
  500: { description: 'The inference failed', code: 'INTERNAL', message: 'inference internal error' },
  503: {
    description: 'The service is loading, degraded or shutting down',
    code: 'DRAINING',
    message: 'gracefully shutting down',
  },
};

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait before the next attempt', schema: { type: 'integer' } },
};

export const ERROR_COMPONENT = 'MosecError';

/** Body of every failed request, as `PipelineException` makes it. */
export const ERROR_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['statusCode', 'error', 'message', 'code', 'requestId'],
  properties: {
    statusCode: { type: 'integer', description: 'The status of the response' },
    error: { type: 'string', description: 'Reason phrase of the status' },
    message: { type: 'string', description: 'What went wrong, in one line' },
    code: { type: 'string', enum: Object.keys(CODES), description: 'Stable code for programs' },
    requestId: { type: 'string', description: 'The X-Request-Id of the request' },
  },
};

/** @param negotiates whether the route takes several media types, and so may refuse one */
export function errorResponses(format: 'json' | 'text', negotiates: boolean): ResponsesObject {
  const statuses = Object.keys(ERRORS)
    .map(Number)
    .filter((status) => status !== 415 || negotiates);
  return Object.fromEntries(statuses.map((status) => [status, errorResponse(status, format)]));
}

function errorResponse(status: number, format: 'json' | 'text'): ResponsesObject[string] {
  const { description, code, message } = ERRORS[status] as DocumentedError;
  const example = { statusCode: status, error: reasonPhrase(status), message, code, requestId: 'b7e23ec2' };
  return {
    description,
    ...(status === 429 && { headers: RETRY_AFTER }),
    content:
      format === 'text'
        ? { 'text/plain': { schema: { type: 'string' }, example: message } }
        : { 'application/json': { schema: { $ref: `#/components/schemas/${ERROR_COMPONENT}` }, example } },
  };
}
