import { endianness } from 'node:os';
import { BrokenPipelineError } from './broken-pipeline.error.js';
import type { EmbeddingRequest, EncodingFormat } from './embedding-request.js';
import type { Embedding } from './embedding-types.js';
import { isObject } from './json-object.js';
import { invalid } from './open-ai.error.js';

const IS_BIG_ENDIAN = endianness() === 'BE';

/** Answer of a request: https://platform.openai.com/docs/api-reference/embeddings/create */
export interface EmbeddingList {
  readonly object: 'list';
  readonly data: readonly {
    readonly object: 'embedding';
    readonly index: number;
    readonly embedding: readonly number[] | string;
  }[];
  readonly model: string;
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
}

/**
 * @param results what the pipeline returned for each input, in their order
 * @throws OpenAiError 400 when there are fewer dimensions than asked for
 * @throws BrokenPipelineError when the pipeline returned no embedding
 */
export function embeddingList(
  model: string,
  results: readonly unknown[],
  { format, dimensions }: EmbeddingRequest,
): EmbeddingList {
  const embeddings = results.map((result) => requireEmbedding(result, model));
  const tokens = embeddings.reduce((sum, each) => sum + each.tokens, 0);
  return {
    object: 'list',
    data: embeddings.map(({ embedding }, index) => ({
      object: 'embedding',
      index,
      embedding: encode(dimensions === undefined ? embedding : shorten(embedding, dimensions), format),
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function requireEmbedding(result: unknown, model: string): Embedding {
  if (isObject(result)) {
    const { embedding, tokens } = result;
    const isVector = embedding instanceof Float32Array || Array.isArray(embedding);
    if (isVector && Number.isSafeInteger(tokens)) return result as unknown as Embedding;
  }
  throw new BrokenPipelineError(model, 'did not return { embedding, tokens }');
}

/**
 * The first dimensions, brought back to the length 1: what models trained for it (Matryoshka) are made for, and what OpenAI's
 * service does.
 */
function shorten(embedding: Embedding['embedding'], dimensions: number): Embedding['embedding'] {
  if (dimensions === embedding.length) return embedding;
  if (dimensions > embedding.length) {
    throw invalid('dimensions', `"dimensions" is ${dimensions}, and this model gives ${embedding.length}.`);
  }
  const first = Float64Array.from(embedding.slice(0, dimensions));
  const length = Math.sqrt(first.reduce((sum, value) => sum + value * value, 0));
  return Array.from(first, (value) => (length === 0 ? 0 : value / length));
}

function encode(embedding: Embedding['embedding'], format: EncodingFormat): number[] | string {
  return format === 'float' ? Array.from(embedding) : base64(embedding);
}

/** Little-endian 32-bit floats. */
function base64(embedding: Embedding['embedding']): string {
  const { buffer, byteOffset, byteLength } =
    IS_BIG_ENDIAN || !(embedding instanceof Float32Array) ? Float32Array.from(embedding) : embedding;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return (IS_BIG_ENDIAN ? bytes.swap32() : bytes).toString('base64');
}
