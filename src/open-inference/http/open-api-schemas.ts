import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type SchemaObject } from '@nestjs/swagger';
import { DATATYPE_NAMES } from '../data/datatypes.js';

const string: SchemaObject = { type: 'string' };
const boolean: SchemaObject = { type: 'boolean' };
const integer: SchemaObject = { type: 'integer' };
const list = (items: SchemaObject): SchemaObject => ({ type: 'array', items });

const object = (properties: Record<string, SchemaObject>, required = Object.keys(properties)): SchemaObject => ({
  type: 'object',
  properties,
  required,
});

const PARAMETERS: SchemaObject = {
  type: 'object',
  description: 'Stages find those of the request in call.query, as texts',
  additionalProperties: { oneOf: [string, { type: 'number' }, boolean] },
};
const DATATYPE: SchemaObject = { type: 'string', enum: [...DATATYPE_NAMES] };
const SHAPE = list(integer);
const DATA: SchemaObject = {
  type: 'array',
  items: {},
  description: 'Row-major, flat or nested; absent where parameters.binary_data_size tells of binary data',
};
const METADATA = list(object({ name: string, datatype: DATATYPE, shape: { ...SHAPE, description: '-1: any size' } }));
const TENSOR = object({ name: string, shape: SHAPE, datatype: DATATYPE, parameters: PARAMETERS, data: DATA }, [
  'name',
  'shape',
  'datatype',
]);

export const ERROR = object({ error: string });
export const LIVE = object({ live: boolean });
export const READY = object({ ready: boolean });
export const SERVER_METADATA = object({ name: string, version: string, extensions: list(string) });
export const MODEL_READY = object({ name: string, ready: boolean });
export const MODEL_METADATA = object({
  name: string,
  versions: list(string),
  platform: string,
  inputs: METADATA,
  outputs: METADATA,
});
export const INFER_REQUEST = object(
  {
    id: string,
    parameters: PARAMETERS,
    inputs: list(TENSOR),
    outputs: list(object({ name: string, parameters: PARAMETERS }, ['name'])),
  },
  ['inputs'],
);
export const INFER_RESPONSE = object({ model_name: string, model_version: string, id: string, outputs: list(TENSOR) }, [
  'model_name',
  'model_version',
  'outputs',
]);
export const INDEX_REQUEST = object({ ready: { ...boolean, description: 'Only models that are ready' } }, []);
export const REPOSITORY_INDEX = list(object({ name: string, version: string, state: string, reason: string }));

const DURATION = object({ count: integer, ns: integer });
const DURATIONS = ['success', 'fail', 'queue', 'compute_input', 'compute_infer', 'compute_output'];
const BATCH = { batch_size: integer, compute_input: DURATION, compute_infer: DURATION, compute_output: DURATION };
export const STATISTICS = object({
  model_stats: list(
    object({
      name: string,
      version: string,
      last_inference: { ...integer, description: 'Epoch milliseconds' },
      inference_count: integer,
      execution_count: integer,
      inference_stats: object(Object.fromEntries(DURATIONS.map((name) => [name, DURATION]))),
      batch_stats: list(object(BATCH)),
    }),
  ),
});

const ERRORS: Readonly<Record<number, string>> = {
  400: 'The request is not what the model takes',
  404: 'There is no such model or version',
  408: 'The answer was not ready in time',
  413: 'The body is too large',
  415: 'The body is in a content coding that is not accepted',
  422: 'A stage does not accept the input',
  429: 'Too many requests are waiting',
  500: 'The inference failed',
  503: 'The service is loading, degraded or shutting down',
};

/** Every error of an infer request. */
export function ApiErrors(): MethodDecorator {
  const responses = Object.entries(ERRORS).map(([status, description]) =>
    ApiResponse({ status: Number(status), description, content: { 'application/json': { schema: ERROR } } }),
  );
  return applyDecorators(...responses);
}
