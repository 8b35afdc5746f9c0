import { MosecError } from '#libs/contracts';

/** 413, in mosec's words. */
export function bodyTooLarge(): MosecError {
  return new MosecError('request body is too large', 413, 'TOO_LARGE');
}
