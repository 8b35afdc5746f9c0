import type { MosecErrorOptions } from './mosec.error.js';
import { ServerError } from './server.error.js';

/** The result cannot be written by the codec: 500 `encoding error: <message>`. @publicApi */
export class EncodingError extends ServerError {
  constructor(message = '', options: MosecErrorOptions = {}) {
    super(message, options, 'ENCODING');
  }
}
