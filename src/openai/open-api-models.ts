import type { SchemaObject } from '@nestjs/swagger';

export const MODEL: SchemaObject = {
  type: 'object',
  required: ['id', 'object', 'created', 'owned_by'],
  properties: {
    id: { type: 'string' },
    object: { type: 'string', enum: ['model'] },
    created: { type: 'integer', description: 'When the server started, in epoch seconds' },
    owned_by: { type: 'string' },
  },
};

export const MODEL_LIST: SchemaObject = {
  type: 'object',
  required: ['object', 'data'],
  properties: { object: { type: 'string', enum: ['list'] }, data: { type: 'array', items: MODEL } },
};
