import { MosecError, type MosecErrorOptions } from './mosec.error.js';

/** Options of `OverloadedError`. @publicApi */
export interface OverloadedErrorOptions extends MosecErrorOptions {
  /** When another try may succeed, in milliseconds from now. */
  readonly retryAfterMs?: number;
}

/** The service cannot take the request now: 429 with `Retry-After`. @publicApi */
export class OverloadedError extends MosecError {
  /** When another try may succeed, in milliseconds from now. */
  readonly retryAfterMs: number;

  constructor(message: string, options: OverloadedErrorOptions = {}) {
    super(message, 429, 'QUEUE_FULL', options);
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
