import { MosecError } from '#libs/contracts';

/** An error that the protocol has a code or a parameter for. */
export class OpenAiError extends MosecError {
  constructor(
    message: string,
    statusCode: number,
    /** The protocol's code, e.g. `model_not_found`. */
    readonly protocolCode: string | null,
    /** Name of the request's member that is at fault, e.g. `input[2]`. */
    readonly param: string | null = null,
  ) {
    super(message, statusCode, 'CLIENT');
  }
}

/** 400: a member of the body is not what it should be. */
export function invalid(param: string, message: string): OpenAiError {
  return new OpenAiError(message, 400, 'invalid_value', param);
}
