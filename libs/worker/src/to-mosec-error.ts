import { inspect } from 'node:util';
import { MosecError, type ErrorCode } from '#libs/contracts';

/** The structural part of Nest's `HttpException`: the engine does not load Nest. */
interface HttpExceptionLike extends Error {
  getStatus(): number;
  getResponse(): unknown;
}

export function isHttpException(error: unknown): error is HttpExceptionLike {
  const candidate = error as Partial<HttpExceptionLike> | null;
  return (
    error instanceof Error && typeof candidate?.getStatus === 'function' && typeof candidate.getResponse === 'function'
  );
}

function codeOf(status: number): ErrorCode {
  if (status === 422) return 'VALIDATION';
  return status < 500 ? 'CLIENT' : 'SERVER';
}

/** What a stage threw or returned as an error, as the error that answers the request. The cause stays for the log. */
export function toMosecError(thrown: unknown): MosecError {
  if (thrown instanceof MosecError) return thrown;
  if (isHttpException(thrown)) {
    const status = thrown.getStatus();
    return new MosecError(thrown.message, status, codeOf(status), { response: thrown.getResponse(), cause: thrown });
  }
  const cause = thrown instanceof Error ? thrown : new Error(typeof thrown === 'string' ? thrown : inspect(thrown));
  return new MosecError('inference internal error', 500, 'INTERNAL', { cause });
}

/** True for errors that blame the request, so that batch-mates deserve a run of their own. */
export function blamesRequest(error: MosecError): boolean {
  return error.statusCode >= 400 && error.statusCode < 500 && error.statusCode !== 408 && error.statusCode !== 429;
}
