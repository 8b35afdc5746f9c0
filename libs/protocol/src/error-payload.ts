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
};

/** A response that JSON has no form for is left out, so that the standard body answers. */
export function encodeError(error: MosecError): Buffer {
  const { statusCode, code, message, response, cause } = error;
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : undefined;
  const payload: ErrorPayload = { statusCode, code, message, response, detail };
  try {
    return Buffer.from(JSON.stringify(payload));
  } catch {
    return Buffer.from(JSON.stringify({ ...payload, response: undefined }));
  }
}

/** The error as its own class again; its `cause` holds the detail for the log. */
export function decodeError(bytes: Uint8Array): MosecError {
  const { statusCode, code, message, response, detail } = JSON.parse(Buffer.from(bytes).toString()) as ErrorPayload;
  const options: MosecErrorOptions = { code, response, cause: detail };
  const known = CLASSES[code];
  const error = known && new known(message, options);
  return error?.statusCode === statusCode ? error : new MosecError(message, statusCode, code, options);
}
