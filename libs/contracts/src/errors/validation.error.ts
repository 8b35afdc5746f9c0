import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** The item is well-formed but not acceptable: 422 `request validation error: <message>`. @publicApi */
export class ValidationError extends MosecError {
  constructor(message: string, options: MosecErrorOptions = {}) {
    super(message, 422, 'VALIDATION', options);
  }
}
