import type { MosecError } from '#libs/contracts';

/** What an operator should read of a failure: the cause with its stack, else the message that the client gets. */
export function describeCause({ cause, message }: MosecError): string {
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return typeof cause === 'string' ? cause : message;
}
