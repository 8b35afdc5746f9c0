import { ForbiddenException, HttpException, UnauthorizedException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { MosecError, OverloadedError, ValidationError } from '#libs/contracts';
import { errorBody, toldError } from './error-body.js';
import { invalid } from './open-ai.error.js';

describe('when an error is told', () => {
  it.each([
    [invalid('input', 'no'), 'no', 'invalid_request_error', 'input', 'invalid_value'],
    [new ValidationError('no'), 'no', 'invalid_request_error', null, 'validation'],
    [new ValidationError(''), 'Unprocessable Content', 'invalid_request_error', null, 'validation'],
    [new OverloadedError('full'), 'full', 'rate_limit_error', null, 'rate_limit_exceeded'],
    [new MosecError('late', 408, 'TIMEOUT'), 'late', 'server_error', null, 'timeout'],
    [new UnauthorizedException('who?'), 'who?', 'invalid_request_error', null, 'invalid_api_key'],
    [new ForbiddenException(['a', 'b']), 'a; b', 'invalid_request_error', null, null],
    [new HttpException('text', 502), 'text', 'server_error', null, null],
    [
      new MosecError('ignored', 404, 'SERVER', { response: { message: 'own' } }),
      'own',
      'invalid_request_error',
      null,
      'server',
    ],
  ])('should give %s its message, type, parameter and code', (error, message, type, param, code) => {
    expect(errorBody(error)).toEqual({ error: { message, type, param, code } });
  });

  it('should tell nothing of an unexpected one', () => {
    expect(errorBody(toldError(new Error('a secret')))).toMatchObject({
      error: { message: 'inference internal error' },
    });
  });
});
