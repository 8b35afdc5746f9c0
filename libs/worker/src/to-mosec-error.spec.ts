import { describe, expect, it } from 'vitest';
import {
  ClientError,
  DecodingError,
  InferenceTimeoutError,
  MosecError,
  OverloadedError,
  ServerError,
  ValidationError,
} from '#libs/contracts';
import { blamesRequest, isHttpException, toMosecError } from './to-mosec-error.js';

class HttpLike extends Error {
  constructor(private readonly status: number) {
    super(`status ${status}`);
  }
  getStatus = () => this.status;
  getResponse = () => ({ why: this.status });
}

describe('when a stage throws', () => {
  it('should leave an error of this package as it is', () => {
    const error = new ClientError('no');
    expect(toMosecError(error)).toBe(error);
  });

  it.each([
    [418, 'CLIENT'],
    [422, 'VALIDATION'],
    [500, 'SERVER'],
    [503, 'SERVER'],
  ])('should keep status %d and response of an HttpException', (status, code) => {
    const thrown = new HttpLike(status);
    expect(isHttpException(thrown)).toBe(true);
    expect(toMosecError(thrown)).toMatchObject({
      statusCode: status,
      code,
      message: thrown.message,
      response: { why: status },
      cause: thrown,
    });
  });

  it('should hide anything else behind a general message, and keep it for the log', () => {
    const thrown = new Error('secret');
    expect(toMosecError(thrown)).toMatchObject({
      statusCode: 500,
      code: 'INTERNAL',
      message: 'inference internal error',
      cause: thrown,
    });
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [{ status: 3 }, '{ status: 3 }'],
    [Object.create(null), '[Object: null prototype] {}'],
  ])('should cope with a thrown value that is no error: %o', (thrown, words) => {
    expect((toMosecError(thrown).cause as Error).message).toBe(words);
  });
});

describe('when a batch failed as a whole', () => {
  it.each([new ClientError(''), new DecodingError(''), new ValidationError(''), toMosecError(new HttpLike(404))])(
    'should blame a request for %s',
    (error) => expect(blamesRequest(error)).toBe(true),
  );

  it.each([
    new ServerError(''),
    new InferenceTimeoutError(''),
    new OverloadedError(''),
    new MosecError('', 302, 'CLIENT'),
  ])('should blame no request for %s', (error) => expect(blamesRequest(error)).toBe(false));
});
