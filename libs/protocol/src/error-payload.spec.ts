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
import { decodeError, encodeError } from './error-payload.js';
import { ProtocolError } from './protocol.error.js';

const ERRORS = [
  new ClientError('a'),
  new DecodingError('b'),
  new ValidationError('c'),
  new ServerError('d'),
  new EncodingError('e'),
  new InferenceTimeoutError('f'),
  new OverloadedError('g'),
  new UnavailableError('h'),
  new MosecError('i', 418, 'CLIENT'),
];

describe('when an error crosses the wire', () => {
  it.each(ERRORS)('should arrive as its own class: %s', (error) => {
    const { name, message, statusCode, code } = error;
    const arrived = decodeError(encodeError(error));
    expect(arrived).toMatchObject({ name, message, statusCode, status: statusCode, code });
    expect(arrived.constructor).toBe(error.constructor);
  });

  it('should keep the code of its own over that of its class', () => {
    expect(decodeError(encodeError(new ClientError('big', { code: 'TOO_LARGE' })))).toMatchObject({
      statusCode: 400,
      code: 'TOO_LARGE',
      message: 'big',
    });
  });

  it('should keep the response, also when that is null', () => {
    expect(decodeError(encodeError(new ClientError('', { response: { field: ['x'] } }))).response).toEqual({
      field: ['x'],
    });
    expect(decodeError(encodeError(new ClientError('', { response: null }))).response).toBeNull();
    expect(decodeError(encodeError(new ClientError(''))).response).toBeUndefined();
  });

  it.each([{ big: 1n }, cycle()])('should leave out a response that JSON has no form for', (response) => {
    const arrived = decodeError(encodeError(new ClientError('kept', { response })));
    expect(arrived).toMatchObject({ message: 'kept', code: 'CLIENT' });
    expect(arrived.response).toBeUndefined();
  });

  it("should bring the cause's stack as the cause alone", () => {
    const cause = new Error('secret of the model');
    const arrived = decodeError(encodeError(new ServerError('failed', { cause })));
    expect(arrived.cause).toBe(cause.stack);
    expect(JSON.stringify({ ...arrived, message: arrived.message })).not.toContain('secret');
  });

  it('should have no cause where there was none', () => {
    expect(decodeError(encodeError(new ServerError('failed'))).cause).toBeUndefined();
  });
});

function cycle(): object {
  const self: { self?: object } = {};
  self.self = self;
  return self;
}

describe('when an error has no status that can be sent', () => {
  it.each([0, 99, 100, 600, 404.5, NaN])('should arrive as a 500: %s', (status) => {
    expect(decodeError(encodeError(new MosecError('odd', status, 'SERVER'))).statusCode).toBe(500);
  });
});

describe('when the bytes of a worker are no error', () => {
  it.each([
    '',
    '{',
    'null',
    '1',
    '[]',
    '{"statusCode":"500","code":"SERVER","message":"x"}',
    '{"statusCode":100,"code":"SERVER","message":"x"}',
    '{"statusCode":500,"message":"x"}',
    '{"statusCode":500,"code":"SERVER","message":{}}',
  ])('should refuse %j', (text) => {
    expect(() => decodeError(Buffer.from(text))).toThrow(ProtocolError);
  });
});
