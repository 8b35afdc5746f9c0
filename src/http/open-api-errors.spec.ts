import { describe, expect, it } from 'vitest';
import { ERROR_SCHEMA, errorResponses } from './open-api-errors.js';

describe('when the errors of a route are described', () => {
  it('should list every status', () => {
    expect(Object.keys(errorResponses('json', false))).toEqual(['400', '408', '413', '422', '429', '500', '503']);
  });

  it('should list 415 where the route negotiates', () => {
    expect(Object.keys(errorResponses('json', true))).toContain('415');
  });

  it('should show bodies in the form that the server sends', () => {
    const { 422: json } = errorResponses('json', false) as Record<number, { content: Record<string, unknown> }>;
    expect(json?.content['application/json']).toEqual({
      schema: { $ref: '#/components/schemas/MosecError' },
      example: {
        statusCode: 422,
        error: 'Unprocessable Content',
        message: 'request validation error: text must be a string',
        code: 'VALIDATION',
        requestId: 'b7e23ec2',
      },
    });
  });

  it('should show texts where errors are texts', () => {
    const { 408: text } = errorResponses('text', false);
    expect(text).toMatchObject({
      content: { 'text/plain': { schema: { type: 'string' }, example: 'inference timeout' } },
    });
  });

  it('should say that 429 tells when to come back', () => {
    expect(errorResponses('json', false)[429]).toHaveProperty('headers.Retry-After');
  });

  it('should not offer the code of clients that went away', () => {
    expect(ERROR_SCHEMA).not.toHaveProperty('properties.code.enum', expect.arrayContaining(['CANCELLED']));
    expect(ERROR_SCHEMA).toHaveProperty('properties.code.enum', expect.arrayContaining(['WORKER_CRASHED', 'DRAINING']));
  });
});
