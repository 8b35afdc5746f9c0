import { MosecError } from '#libs/contracts';

/** Why a stage could not start, for an operator: the cause rather than what a client would be told. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof MosecError) return typeof error.cause === 'string' ? error.cause : error.message;
  return error.name === 'MosecConfigurationError' ? error.message : (error.stack ?? error.message);
}
