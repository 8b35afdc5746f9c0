import type { Codec } from '#libs/contracts';
import type { PipelineClass } from '../decorators/pipeline-types.js';
import type { Schema } from '../interfaces/schema.interface.js';

/** What the OpenAPI document tells about the routes of a pipeline. */
export interface RouteDescription {
  readonly requestCodecs: readonly Pick<Codec, 'mediaType'>[];
  readonly answerCodecs: readonly { readonly codec: Pick<Codec, 'mediaType'> }[];
  readonly input?: Schema;
  readonly output?: Schema;
  /** Set where the pipeline streams. */
  readonly stream?: { readonly event?: Schema | undefined } | undefined;
  /** Media types of its streams. */
  readonly eventTypes?: readonly string[] | undefined;
  /** Set where requests may become jobs, or always do. */
  readonly jobs?: 'preferred' | 'always' | undefined;
  readonly errorFormat: 'json' | 'text';
}

const ROUTE_DESCRIPTION = 'mosec:route-description';

/**
 * Keeps the description with the class until a document is made: workers import the package too, and must not load
 * Swagger for it.
 */
export function describeRoute(pipelineClass: PipelineClass, description: RouteDescription): void {
  Reflect.defineMetadata(ROUTE_DESCRIPTION, description, pipelineClass);
}

export function getRouteDescription(controller: object): RouteDescription | undefined {
  return Reflect.getOwnMetadata(ROUTE_DESCRIPTION, controller) as RouteDescription | undefined;
}
