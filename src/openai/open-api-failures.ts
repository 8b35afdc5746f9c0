import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type SchemaObject } from '@nestjs/swagger';
import type { RouteParts } from './route-parts.js';

const DESCRIPTIONS = {
  400: 'The request is not what it should be',
  401: 'There is no key, or a wrong one',
  404: 'There is no such model',
  408: 'The answer was not ready in time',
  413: 'The body is too large',
  422: 'The model does not accept the input',
  429: 'Too many requests are waiting',
  500: 'The inference failed',
  503: 'The service is degraded or shutting down',
};
type Status = keyof typeof DESCRIPTIONS;

const nullableText = { type: 'string', nullable: true } as const;

const ERROR: SchemaObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: {
        message: { type: 'string', description: 'What went wrong, in one line' },
        type: { type: 'string', enum: ['invalid_request_error', 'rate_limit_error', 'server_error'] },
        param: { ...nullableText, description: 'The member of the body that is at fault' },
        code: { ...nullableText, description: 'Stable code for programs' },
      },
    },
  },
};

const RETRY_AFTER = { description: 'Seconds to wait before the next attempt', schema: { type: 'integer' as const } };

/** Documents how a route fails. @param statuses without 401, which comes with keys */
export function ApiFailures(
  { hasKeys }: RouteParts,
  statuses: readonly Status[] = [400, 404, 408, 413, 422, 429, 500, 503],
): MethodDecorator {
  const all = hasKeys ? [...statuses, 401 as const] : statuses;
  return applyDecorators(
    ...all.map((status) =>
      ApiResponse({
        status,
        description: DESCRIPTIONS[status],
        schema: ERROR,
        ...(status === 429 && { headers: { 'Retry-After': RETRY_AFTER } }),
      }),
    ),
  );
}
