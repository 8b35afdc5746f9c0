import { MosecError } from '#libs/contracts';

/** Names of errors whose message says all there is to know; libs do not load the class of the first. */
const SELF_EXPLANATORY = new Set(['MosecConfigurationError', 'ExampleError']);

/** Why a stage could not start, for an operator: the cause rather than what a client would be told. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof MosecError) return typeof error.cause === 'string' ? error.cause : error.message;
  return SELF_EXPLANATORY.has(error.name) ? error.message : (error.stack ?? error.message);
}
