import type { SchemaObject } from '@nestjs/swagger';
import { MOST_INPUTS } from './embedding-request.js';

const TOKENS: SchemaObject = { type: 'array', minItems: 1, items: { type: 'integer', minimum: 0 } };
const TEXT: SchemaObject = { type: 'string', minLength: 1 };

export function embeddingBody(models: readonly string[]): SchemaObject {
  return {
    type: 'object',
    required: ['model', 'input'],
    properties: {
      model: { type: 'string', enum: [...models] },
      input: {
        description: 'A text, the token ids of one, or a list of either',
        example: 'a text',
        oneOf: [
          TEXT,
          TOKENS,
          { type: 'array', minItems: 1, maxItems: MOST_INPUTS, items: TEXT },
          { type: 'array', minItems: 1, maxItems: MOST_INPUTS, items: TOKENS },
        ],
      },
      encoding_format: { type: 'string', enum: ['float', 'base64'], default: 'float' },
      dimensions: { type: 'integer', minimum: 1, description: 'So many of the first dimensions, of length 1' },
      user: { type: 'string', description: 'Taken and not used' },
    },
  };
}

export const EMBEDDING_ANSWER: SchemaObject = {
  type: 'object',
  required: ['object', 'data', 'model', 'usage'],
  properties: {
    object: { type: 'string', enum: ['list'] },
    data: {
      type: 'array',
      items: {
        type: 'object',
        required: ['object', 'index', 'embedding'],
        properties: {
          object: { type: 'string', enum: ['embedding'] },
          index: { type: 'integer' },
          embedding: {
            oneOf: [
              { type: 'array', items: { type: 'number' } },
              { type: 'string', format: 'byte', description: 'Little-endian 32-bit floats' },
            ],
          },
        },
      },
    },
    model: { type: 'string' },
    usage: {
      type: 'object',
      required: ['prompt_tokens', 'total_tokens'],
      properties: { prompt_tokens: { type: 'integer' }, total_tokens: { type: 'integer' } },
    },
  },
};
