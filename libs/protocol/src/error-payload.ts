import {
  ClientError,
  DecodingError,
  EncodingError,
  InferenceTimeoutError,
  MosecError,
  OverloadedError,
  ServerError,
  UnavailableError,
  ValidationError,
  type ErrorCode,
  type MosecErrorOptions,
} from '#libs/contracts';
import { ProtocolError } from './protocol.error.js';

/** What crosses the wire of an error. `detail` is for the log alone and never reaches a client. */
interface ErrorPayload {
  readonly statusCode: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly response?: unknown;
  readonly detail?: string;
}

type ErrorClass = new (message: string, options: MosecErrorOptions) => MosecError;
const CLASSES: Partial<Record<ErrorCode, ErrorClass>> = {
  CLIENT: ClientError,
  DECODING: DecodingError,
  VALIDATION: ValidationError,
  SERVER: ServerError,
  ENCODING: EncodingError,
  TIMEOUT: InferenceTimeoutError,
  QUEUE_FULL: OverloadedError,
  UNAVAILABLE: UnavailableError,
  HANDOVER_UNAVAILABLE: UnavailableError,
  REMOTE_UNAVAILABLE: UnavailableError,
};

/** A response that JSON has no form for is left out, so that the standard body answers. */
export function encodeError(error: MosecError): Buffer {
  const { statusCode, code, message, response, cause } = error;
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : undefined;
  const payload = { statusCode: isStatus(statusCode) ? statusCode : 500, code, message, response, detail };
  try {
    return Buffer.from(JSON.stringify(payload));
  } catch {
    return Buffer.from(JSON.stringify({ ...payload, response: undefined }));
  }
}

/**
 * The error as its own class again; its `cause` holds the detail for the log.
 * @throws ProtocolError when the bytes are no error
 */
export function decodeError(bytes: Uint8Array): MosecError {
  const { statusCode, code, message, response, detail } = parse(bytes);
  const options: MosecErrorOptions = { code, response, cause: detail };
  const known = CLASSES[code];
  const error = known && new known(message, options);
  return error?.statusCode === statusCode ? error : new MosecError(message, statusCode, code, options);
}

function parse(bytes: Uint8Array): ErrorPayload {
  let payload: Partial<ErrorPayload> | null;
  try {
    payload = JSON.parse(Buffer.from(bytes).toString()) as Partial<ErrorPayload> | null;
  } catch (cause) {
    throw new ProtocolError('error payload is not JSON', { cause });
  }
  const { statusCode, code, message } = payload ?? {};
  if (isStatus(statusCode) && typeof code === 'string' && typeof message === 'string') return payload as ErrorPayload;
  throw new ProtocolError('error payload is no error');
}

/** What can be sent as the status of an answer. */
function isStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
}
