import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** The answer was not ready in time: 408. @publicApi */
export class InferenceTimeoutError extends MosecError {
  constructor(message: string, options: MosecErrorOptions = {}) {
    super(message, 408, 'TIMEOUT', options);
  }
}
