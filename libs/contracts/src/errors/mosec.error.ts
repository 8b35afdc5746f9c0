import type { ErrorCode } from './error-code.js';

/** What every error of this package carries besides its message. @publicApi */
export interface MosecErrorOptions extends ErrorOptions {
  /** Overrides the code of the class. */
  readonly code?: ErrorCode;
  /** Response body that replaces the standard one (the response of an `HttpException`). */
  readonly response?: unknown;
}

/**
 * Base of all errors that decide the answer of a request.
 *
 * `statusCode`, `status` and `expose` make Nest's default exception filter answer with the right status
 * when such an error leaves an ordinary controller.
 * @publicApi
 */
export class MosecError extends Error {
  readonly code: ErrorCode;
  readonly statusCode: number;
  readonly status: number;
  readonly expose = true;
  /** Response body that replaces the standard one, where the cause brought its own. */
  readonly response?: unknown;

  constructor(message: string, statusCode: number, code: ErrorCode, options: MosecErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.statusCode = statusCode;
    this.status = statusCode;
    this.code = options.code ?? code;
    if (options.response !== undefined) this.response = options.response;
  }
}
