import type { ContentObject, SchemaObject } from '@nestjs/swagger';

const FINISH_REASON: SchemaObject = { type: 'string', enum: ['stop', 'length', 'tool_calls', 'content_filter'] };
const CONTENT: SchemaObject = { type: 'string', nullable: true };

export function chatBody(models: readonly string[]): SchemaObject {
  return {
    type: 'object',
    required: ['model', 'messages'],
    description: 'The members that every model knows; what else a model takes goes to it as it is',
    additionalProperties: true,
    properties: {
      model: { type: 'string', enum: [...models] },
      messages: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['role'],
          properties: {
            role: { type: 'string', example: 'user' },
            content: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'object' } }], nullable: true },
          },
        },
      },
      stream: { type: 'boolean', default: false },
      stream_options: { type: 'object', properties: { include_usage: { type: 'boolean' } } },
      n: { type: 'integer', enum: [1], default: 1 },
    },
  };
}

const HEAD = { id: { type: 'string' }, created: { type: 'integer' }, model: { type: 'string' } } as const;

const USAGE: SchemaObject = {
  type: 'object',
  nullable: true,
  properties: {
    prompt_tokens: { type: 'integer' },
    completion_tokens: { type: 'integer' },
    total_tokens: { type: 'integer' },
  },
};

export const CHAT_ANSWER: ContentObject = {
  'application/json': { schema: answer('chat.completion', 'message', FINISH_REASON) },
  'text/event-stream': {
    schema: {
      description: 'Each event has one of these as its data; the last one is [DONE]',
      ...answer('chat.completion.chunk', 'delta', { ...FINISH_REASON, nullable: true }),
    },
  },
};

function answer(object: string, part: 'message' | 'delta', finishReason: SchemaObject): SchemaObject {
  const content = { type: 'object', properties: { role: { type: 'string' }, content: CONTENT } } as const;
  return {
    type: 'object',
    required: ['id', 'object', 'created', 'model', 'choices'],
    properties: {
      ...HEAD,
      object: { type: 'string', enum: [object] },
      choices: {
        type: 'array',
        items: {
          type: 'object',
          properties: { index: { type: 'integer' }, [part]: content, finish_reason: finishReason },
        },
      },
      usage: USAGE,
    },
  };
}
