import { HttpException } from '@nestjs/common';
import { MosecError } from '#libs/contracts';
import { reasonPhrase } from '../http/error-text.js';
import { OpenAiError } from './open-ai.error.js';

/** Body of every failed request, as OpenAI's clients read it: https://platform.openai.com/docs/guides/error-codes */
export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** Of an unexpected error a client learns no more than this. */
const INTERNAL = new MosecError('inference internal error', 500, 'INTERNAL');

/** @returns the error as one that has a status and may be told */
export function toldError(error: unknown): MosecError | HttpException {
  return error instanceof MosecError || error instanceof HttpException ? error : INTERNAL;
}

export function errorBody(error: MosecError | HttpException): ErrorBody {
  const statusCode = error instanceof MosecError ? error.statusCode : error.getStatus();
  const message = messageOf(error) || reasonPhrase(statusCode);
  const param = error instanceof OpenAiError ? error.param : null;
  return { error: { message, type: typeOf(statusCode), param, code: codeOf(error, statusCode) } };
}

function typeOf(statusCode: number): string {
  if (statusCode === 429) return 'rate_limit_error';
  if (statusCode === 408 || statusCode >= 500) return 'server_error';
  return 'invalid_request_error';
}

/** The protocol's code where it has one, else this package's own in lower case. */
function codeOf(error: MosecError | HttpException, statusCode: number): string | null {
  if (error instanceof OpenAiError) return error.protocolCode;
  if (statusCode === 401) return 'invalid_api_key';
  if (statusCode === 429) return 'rate_limit_exceeded';
  return error instanceof MosecError ? error.code.toLowerCase() : null;
}

function messageOf(error: MosecError | HttpException): string {
  const response = error instanceof MosecError ? error.response : error.getResponse();
  const told: unknown = typeof response === 'object' ? (response as { message?: unknown } | null)?.message : response;
  if (typeof told === 'string') return told;
  return Array.isArray(told) ? told.join('; ') : error.message;
}
