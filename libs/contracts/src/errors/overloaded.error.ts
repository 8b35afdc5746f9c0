import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** The service cannot take the request now: 429 with `Retry-After`. @publicApi */
export class OverloadedError extends MosecError {
  constructor(message: string, options: MosecErrorOptions = {}) {
    super(message, 429, 'QUEUE_FULL', options);
  }
}
