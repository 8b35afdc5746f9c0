import { describe, expect, it } from 'vitest';
import {
  ClientError,
  DecodingError,
  EncodingError,
  InferenceTimeoutError,
  MosecError,
  OverloadedError,
  ServerError,
  ValidationError,
} from '#libs/contracts';
import { errorText, reasonPhrase } from './error-text.js';

describe('when an error is worded', () => {
  it.each([
    [new ClientError('no image'), 'bad request: no image'],
    [new DecodingError('no JSON'), 'decoding error: no JSON'],
    [new ValidationError('text must be a string'), 'request validation error: text must be a string'],
    [new ServerError('no model'), 'internal error: no model'],
    [new EncodingError('a cycle'), 'encoding error: a cycle'],
    [new InferenceTimeoutError('inference timeout'), 'inference timeout'],
    [new OverloadedError('too many request: task queue is full'), 'too many request: task queue is full'],
    [new MosecError('inference internal error', 500, 'INTERNAL'), 'inference internal error'],
  ])("should have mosec's words: %s", (error, text) => {
    expect(errorText(error)).toBe(text);
  });

  it('should repeat the prefix where there is no message, as mosec does', () => {
    expect(errorText(new ValidationError(''))).toBe('request validation error: request validation error');
  });

  it('should be one line', () => {
    expect(errorText(new ValidationError('a is missing  \r\n\n  b is missing'))).toBe(
      'request validation error: a is missing - b is missing',
    );
  });
});

describe('when a status has its phrase', () => {
  it.each([
    [404, 'Not Found'],
    [413, 'Content Too Large'],
    [422, 'Unprocessable Content'],
    [499, 'Client Error'],
    [503, 'Service Unavailable'],
    [599, 'Server Error'],
  ])('should be that of RFC 9110, or of its class: %i', (statusCode, phrase) => {
    expect(reasonPhrase(statusCode)).toBe(phrase);
  });
});
