import type { ErrorCode } from './error-code.js';
import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** The stage failed and says so: 500 `internal error: <message>`. @publicApi */
export class ServerError extends MosecError {
  constructor(message = '', options: MosecErrorOptions = {}, code: ErrorCode = 'SERVER') {
    super(message, 500, code, options);
  }
}
