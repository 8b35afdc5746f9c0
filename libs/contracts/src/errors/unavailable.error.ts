import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** The service is loading, degraded or draining: 503. @publicApi */
export class UnavailableError extends MosecError {
  constructor(message: string, options: MosecErrorOptions = {}) {
    super(message, 503, 'UNAVAILABLE', options);
  }
}
