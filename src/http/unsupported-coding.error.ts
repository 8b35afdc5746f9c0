import { MosecError } from '#libs/contracts';

/** The body is in a content coding that is not accepted: 415, which names those that are (RFC 9110, section 12.5.3). */
export class UnsupportedCodingError extends MosecError {
  /** @param acceptEncoding value of the answer's `Accept-Encoding` header */
  constructor(
    message: string,
    readonly acceptEncoding: string,
  ) {
    super(message, 415, 'UNSUPPORTED_MEDIA_TYPE');
  }
}
