/**
 * The application is put together in a way that cannot work. Thrown at start; the message names the culprit and
 * the cure. Not a `MosecError`: it never decides the answer of a request.
 * @publicApi
 */
export class MosecConfigurationError extends Error {
  override readonly name = 'MosecConfigurationError';
}
