import type { EmbeddingInput } from './embedding-types.js';
import type { JsonObject } from './json-object.js';
import { invalid } from './open-ai.error.js';

/** Most inputs of one request: https://platform.openai.com/docs/api-reference/embeddings/create */
export const MOST_INPUTS = 2048;

const FORMATS = ['float', 'base64'] as const;
export type EncodingFormat = (typeof FORMATS)[number];

export interface EmbeddingRequest {
  readonly inputs: readonly EmbeddingInput[];
  readonly format: EncodingFormat;
  /** Undefined: as many as the model gives. */
  readonly dimensions?: number | undefined;
}

/**
 * What the body asks for, apart from its model.
 * @throws OpenAiError 400 naming the member that is at fault
 */
export function readEmbeddingRequest({ input, encoding_format, dimensions, user }: JsonObject): EmbeddingRequest {
  const format = FORMATS.find((known) => known === (encoding_format ?? 'float'));
  if (!format) throw invalid('encoding_format', '"encoding_format" must be "float" or "base64".');
  if (dimensions !== undefined && dimensions !== null && !isCount(dimensions)) {
    throw invalid('dimensions', '"dimensions" must be a positive integer.');
  }
  if (user !== undefined && user !== null && typeof user !== 'string') {
    throw invalid('user', '"user" must be a string.');
  }
  return { inputs: inputsOf(input), format, dimensions: (dimensions as number | null) ?? undefined };
}

function inputsOf(input: unknown): EmbeddingInput[] {
  if (typeof input === 'string') return [requireInput(input, 'input')];
  if (!Array.isArray(input)) {
    throw invalid('input', '"input" must be a string, a list of token ids, or a list of either.');
  }
  if (input.length === 0) throw invalid('input', '"input" must not be empty.');
  if (typeof input[0] === 'number') return [requireInput(input, 'input')];
  if (input.length > MOST_INPUTS) {
    throw invalid('input', `"input" has ${input.length} members, and at most ${MOST_INPUTS} are allowed.`);
  }
  return input.map((member, index) => requireInput(member, `input[${index}]`));
}

function requireInput(value: unknown, param: string): EmbeddingInput {
  const isTokens = Array.isArray(value) && value.every(isTokenId);
  if (typeof value !== 'string' && !isTokens) {
    throw invalid(param, `"${param}" must be a string, or a list of token ids.`);
  }
  if (value.length === 0) throw invalid(param, `"${param}" must not be empty.`);
  return value as EmbeddingInput;
}

function isTokenId(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
