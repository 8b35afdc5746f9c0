import { OpenAiError } from './open-ai.error.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws OpenAiError 400 when it is no JSON object */
export function parseJsonObject(body: Buffer): JsonObject {
  const value = parse(body);
  if (isObject(value)) return value;
  throw new OpenAiError('The body of the request must be a JSON object.', 400, null);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new OpenAiError(`The body of the request is no JSON: ${(error as Error).message}`, 400, null);
  }
}
