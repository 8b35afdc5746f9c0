import type * as Swagger from '@nestjs/swagger';
import type {
  OperationObject,
  ParameterObject,
  ReferenceObject,
  ResponseObject,
  ResponsesObject,
  SchemaObject,
} from '@nestjs/swagger';
import { contentOf } from './open-api-content.js';
import { COMPONENTS_EXTENSION } from './open-api-extension.js';
import { ERROR_COMPONENT, ERROR_SCHEMA, errorResponses } from './open-api-errors.js';
import type { ComponentSchemas } from './open-api-json-schema.js';
import { eventContent, LAST_EVENT_ID } from './open-api-events.js';
import { ACCEPTED_RESPONSE, JOB_COMPONENT, JOB_PARAMETERS, JOB_SCHEMA, PREFER } from './open-api-jobs.js';
import { operationIdOf, titleOf } from './open-api-names.js';
import type { RouteDescription } from './open-api-route.js';
import { publishSchema } from './open-api-schema.js';
import { HANDLER_METHOD } from './pipeline-controller.js';

type Class = abstract new (...args: never[]) => unknown;
type Described = SchemaObject | ReferenceObject;
type Responses = Record<string, Partial<ResponseObject> & Record<string, unknown>>;

const USER_METADATA = 'mosec:user-open-api:';

const TIMEOUT_HEADER: ParameterObject & { name: string } = {
  name: 'X-Request-Timeout',
  in: 'header',
  required: false,
  description: 'Milliseconds that the request may take; can only shorten the limit of the route',
  schema: { type: 'number', minimum: 0, exclusiveMinimum: true },
};

/** Puts on a pipeline's handler what Swagger reads, below what the user's own decorators say. */
export function documentHandler(swagger: typeof Swagger, pipelineClass: Class, route: RouteDescription): void {
  const { DECORATORS } = swagger;
  const handler = (pipelineClass.prototype as Record<string, object>)[HANDLER_METHOD] as object;
  const { name } = pipelineClass;
  const input = publishSchema(route.input, 'input', `${name}.input`, swagger.getSchemaPath);
  const output = publishSchema(route.output, 'output', `${name}.output`, swagger.getSchemaPath);
  const event = publishSchema(route.stream?.event, 'output', `${name}.event`, swagger.getSchemaPath);
  const models = [input.model, output.model, event.model].filter((model) => model !== undefined);
  const components: ComponentSchemas = {
    ...input.components,
    ...output.components,
    ...event.components,
    ...(route.errorFormat === 'json' && { [ERROR_COMPONENT]: ERROR_SCHEMA }),
    ...(route.jobs && { [JOB_COMPONENT]: JOB_SCHEMA }),
  };
  const requestTypes = route.requestCodecs.map(({ mediaType }) => mediaType);
  const answer = answerOf(route, output.schema, event.schema);
  const responses = {
    ...(route.jobs !== 'always' && { 200: answer }),
    ...(route.jobs && { 202: ACCEPTED_RESPONSE }),
    ...errorResponses(route.errorFormat, requestTypes.length > 1),
  };

  const set = (key: string, merge: (user: unknown) => unknown): void =>
    Reflect.defineMetadata(key, merge(userMetadata(key, handler)), handler);
  set(DECORATORS.API_OPERATION, (user) => ({
    operationId: operationIdOf(name),
    requestBody: { required: true, content: contentOf(requestTypes, input.schema) },
    ...withoutEmpty({ summary: titleOf(name), ...withoutEmpty(user as OperationObject) }),
    [COMPONENTS_EXTENSION]: components,
  }));
  const onClass = Reflect.getMetadata(DECORATORS.API_RESPONSE, pipelineClass) as Responses | undefined;
  set(DECORATORS.API_RESPONSE, (user) => mergeResponses(responses, { ...onClass, ...(user as Responses) }));
  set(DECORATORS.API_EXTRA_MODELS, (user = []) => [...(user as unknown[]), ...models]);
  set(DECORATORS.API_PARAMETERS, (user = []) => [...parametersOf(route), ...(user as unknown[])]);
  tagClass(swagger, pipelineClass, handler);
}

function parametersOf({ stream, jobs }: RouteDescription): ParameterObject[] {
  const ofJobs = jobs ? JOB_PARAMETERS : [];
  return [TIMEOUT_HEADER, ...(stream ? [LAST_EVENT_ID] : []), ...(jobs === 'preferred' ? [PREFER] : []), ...ofJobs];
}

/** A stage that streams answers without events only where it says what else it returns. */
function answerOf(route: RouteDescription, output?: Described, event?: Described): ResponsesObject[string] {
  const answerTypes = route.answerCodecs.map(({ codec }) => codec.mediaType);
  if (!route.stream) return { description: 'The answer', content: contentOf(answerTypes, output) };
  const plain = route.output && contentOf(answerTypes, output);
  return { description: 'The stream of events', content: { ...eventContent(route.eventTypes, event), ...plain } };
}

/** What the user's decorators left on the handler, also when a document was made before. */
function userMetadata(key: string, handler: object): unknown {
  const kept = USER_METADATA + key;
  if (!Reflect.hasOwnMetadata(kept, handler)) {
    Reflect.defineMetadata(kept, Reflect.getOwnMetadata(key, handler), handler);
  }
  return Reflect.getOwnMetadata(kept, handler);
}

/** A user's response that gives no body keeps the pipeline's: `@ApiOkResponse({ description: 'The sentiment' })`. */
function mergeResponses(own: ResponsesObject, users: Responses): ResponsesObject {
  const merged: Record<string, unknown> = { ...own };
  for (const [status, user] of Object.entries(users)) {
    const givesBody = ['type', 'schema', 'content', 'standardSchema'].some((key) => user[key] !== undefined);
    merged[status] = givesBody ? user : { ...own[status], ...withoutEmpty(user) };
  }
  return merged as ResponsesObject;
}

function tagClass({ DECORATORS, ApiTags }: typeof Swagger, pipelineClass: Class, handler: object): void {
  const isTagged = [pipelineClass, handler].some((target) => Reflect.hasMetadata(DECORATORS.API_TAGS, target));
  if (!isTagged) ApiTags(titleOf(pipelineClass.name))(pipelineClass);
}

/** Swagger's decorators write empty texts and undefined where the user said nothing. */
function withoutEmpty<T extends object>(object: T | undefined): Partial<T> {
  const entries = Object.entries(object ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Partial<T>;
}
