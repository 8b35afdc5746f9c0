import { describe, expect, it } from 'vitest';
import {
  ClientError,
  DecodingError,
  EncodingError,
  InferenceTimeoutError,
  MosecError,
  OverloadedError,
  ServerError,
  UnavailableError,
  ValidationError,
} from '#libs/contracts';

const CLASSES = [
  { Class: ClientError, statusCode: 400, code: 'CLIENT', ancestors: [MosecError] },
  { Class: DecodingError, statusCode: 400, code: 'DECODING', ancestors: [ClientError, MosecError] },
  { Class: ValidationError, statusCode: 422, code: 'VALIDATION', ancestors: [MosecError] },
  { Class: ServerError, statusCode: 500, code: 'SERVER', ancestors: [MosecError] },
  { Class: EncodingError, statusCode: 500, code: 'ENCODING', ancestors: [ServerError, MosecError] },
  { Class: InferenceTimeoutError, statusCode: 408, code: 'TIMEOUT', ancestors: [MosecError] },
  { Class: OverloadedError, statusCode: 429, code: 'QUEUE_FULL', ancestors: [MosecError] },
  { Class: UnavailableError, statusCode: 503, code: 'UNAVAILABLE', ancestors: [MosecError] },
];

describe('when an error decides the answer of a request', () => {
  it.each(CLASSES)('should carry status $statusCode and code $code', ({ Class, statusCode, code, ancestors }) => {
    const error = new Class('why');
    expect(error).toMatchObject({ message: 'why', statusCode, status: statusCode, code, expose: true });
    expect(error.name).toBe(Class.name);
    for (const Ancestor of [Error, ...ancestors]) expect(error).toBeInstanceOf(Ancestor);
  });

  it.each(CLASSES)('should keep the cause and a more exact code than $code', ({ Class }) => {
    const cause = new Error('deeper');
    expect(new Class('why', { code: 'DRAINING', cause })).toMatchObject({ code: 'DRAINING', cause });
  });

  it('should carry the response that replaces the standard one, also when that is null', () => {
    expect(new ClientError('', { response: { reason: 7 } }).response).toEqual({ reason: 7 });
    expect(new ClientError('', { response: null }).response).toBeNull();
    expect(new ClientError('').response).toBeUndefined();
  });

  it('should be named after a subclass of the user', () => {
    class QuotaError extends ClientError {}
    expect(String(new QuotaError('used up'))).toBe('QuotaError: used up');
  });
});
