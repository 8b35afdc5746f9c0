import { STATUS_CODES } from 'node:http';
import type { ErrorCode, MosecError } from '#libs/contracts';

/** mosec's texts: what stands before the message of an error, and in its place where it is empty. */
const PREFIXES: Partial<Record<ErrorCode, string>> = {
  CLIENT: 'bad request',
  DECODING: 'decoding error',
  VALIDATION: 'request validation error',
  SERVER: 'internal error',
  ENCODING: 'encoding error',
};

/** The text of an error as mosec words it, in one line. */
export function errorText(error: MosecError): string {
  const prefix = PREFIXES[error.code];
  const message = error.message.replace(/\s*[\r\n]+\s*/g, ' - ');
  return prefix ? `${prefix}: ${message || prefix}` : message;
}

/** The text of an error event in a stream, as mosec words it: the status comes too late for the head of the answer. */
export function streamErrorText(error: MosecError): string {
  return `SSE inference error: ${error.statusCode}: ${reasonPhrase(error.statusCode)}: ${errorText(error)}`;
}

/** Reason phrase of a status, as RFC 9110 has it. */
export function reasonPhrase(statusCode: number): string {
  if (statusCode === 422) return 'Unprocessable Content';
  if (statusCode === 413) return 'Content Too Large';
  return STATUS_CODES[statusCode] ?? (statusCode < 500 ? 'Client Error' : 'Server Error');
}
