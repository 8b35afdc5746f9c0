import type { MosecErrorOptions } from './mosec.error.js';
import { ClientError } from './client.error.js';

/** The request's bytes are not what the codec expects: 400 `decoding error: <message>`. @publicApi */
export class DecodingError extends ClientError {
  constructor(message = '', options: MosecErrorOptions = {}) {
    super(message, options, 'DECODING');
  }
}
