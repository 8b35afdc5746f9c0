import type * as Swagger from '@nestjs/swagger';
import type { ParameterObject, ResponsesObject, SchemaObject } from '@nestjs/swagger';
import { COMPONENTS_EXTENSION } from './open-api-extension.js';
import { ERROR_COMPONENT, ERROR_SCHEMA } from './open-api-errors.js';

/** Marks the controller of asynchronous jobs. */
export const JOBS_CONTROLLER = 'mosec:jobs-controller';

export const JOB_COMPONENT = 'MosecJob';

type Parameter = ParameterObject & { name: string };
type Handlers = Record<'job' | 'result' | 'events' | 'remove', object>;

const header = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const dateTime = { type: 'string', format: 'date-time' } as const;

/** Body of `/jobs/{id}`. */
export const JOB_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['id', 'state', 'route', 'createdAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    state: { type: 'string', enum: ['queued', 'running', 'succeeded', 'failed', 'cancelled'] },
    route: { type: 'string', description: 'Path of the route that it came by' },
    createdAt: dateTime,
    startedAt: dateTime,
    finishedAt: dateTime,
    progress: {
      type: 'object',
      description: 'While it runs',
      required: ['stage', 'index', 'count'],
      properties: { stage: { type: 'string' }, index: { type: 'integer' }, count: { type: 'integer' } },
    },
    statusCode: { type: 'integer', description: 'Status of its answer, once there is one' },
    result: { type: 'string', description: 'Where its answer is' },
    error: {
      type: 'object',
      description: 'Why it failed',
      required: ['statusCode', 'code', 'message'],
      properties: { statusCode: { type: 'integer' }, code: { type: 'string' }, message: { type: 'string' } },
    },
  },
};

const jsonOf = (component: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${component}` } },
});

/** What a route says whose requests may become jobs. */
export const ACCEPTED_RESPONSE: ResponsesObject[string] = {
  description: 'The request has become a job, whose answer is fetched later',
  headers: { Location: { description: 'Where its state is', schema: { type: 'string' } } },
  content: jsonOf(JOB_COMPONENT),
};

export const PREFER: Parameter = header('Prefer', '`respond-async`: the answer is fetched later (RFC 7240)');

export const JOB_PARAMETERS: readonly Parameter[] = [
  header('Idempotency-Key', 'Requests with the same key are the same job'),
  header('Webhook-Url', 'Told when the job has ended, where the service sends webhooks'),
];

const FAILURES: ResponsesObject = {
  404: { description: 'There is no such job', content: jsonOf(ERROR_COMPONENT) },
  503: { description: 'Jobs cannot be read at the moment', content: jsonOf(ERROR_COMPONENT) },
};

const JOB: ResponsesObject[string] = { description: 'The job', content: jsonOf(JOB_COMPONENT) };

const OPERATIONS: Record<keyof Handlers, { summary: string; responses: ResponsesObject }> = {
  job: { summary: 'State and progress of a job', responses: { 200: JOB } },
  result: {
    summary: 'Answer of a job, with the status that it would have had at once',
    responses: {
      200: {
        description: 'The answer, in the media type of its route',
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      202: { ...JOB, description: 'It has not ended' },
      410: { description: 'It was cancelled', content: jsonOf(ERROR_COMPONENT) },
    },
  },
  events: {
    summary: 'The job as it is, and after each change until it has ended',
    responses: {
      200: {
        description: 'Server-sent events, each with the job as its data',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
    },
  },
  remove: {
    summary: 'Cancels a job, or removes one with an answer',
    responses: { 200: { ...JOB, description: 'It is cancelled' }, 204: { description: 'It is removed' } },
  },
};

/** Puts on the handlers of the job routes what Swagger reads. */
export function documentJobs({ DECORATORS, ApiTags }: typeof Swagger, controller: new () => unknown): void {
  const handlers = controller.prototype as Handlers;
  const id: Parameter = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
  for (const [name, { summary, responses }] of Object.entries(OPERATIONS)) {
    const handler = handlers[name as keyof Handlers];
    const components = { [JOB_COMPONENT]: JOB_SCHEMA, [ERROR_COMPONENT]: ERROR_SCHEMA };
    const operation = { operationId: `${name}OfJobs`, summary, [COMPONENTS_EXTENSION]: components };
    Reflect.defineMetadata(DECORATORS.API_OPERATION, operation, handler);
    Reflect.defineMetadata(DECORATORS.API_RESPONSE, { ...responses, ...FAILURES }, handler);
    Reflect.defineMetadata(DECORATORS.API_PARAMETERS, [id], handler);
  }
  ApiTags('Jobs')(controller);
}
