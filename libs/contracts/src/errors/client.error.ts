import type { ErrorCode } from './error-code.js';
import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** The request itself is at fault: 400 `bad request: <message>`. @publicApi */
export class ClientError extends MosecError {
  constructor(message = '', options: MosecErrorOptions = {}, code: ErrorCode = 'CLIENT') {
    super(message, 400, code, options);
  }
}
