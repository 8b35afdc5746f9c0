import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { RouteOptions } from '../interfaces/route-options.interface.js';
import { ROUTE_METADATA } from './metadata-keys.js';

/** What `@Route` recorded about a pipeline class. */
export interface RouteDefinition {
  readonly paths: readonly string[];
  readonly options: RouteOptions;
}

/**
 * Exposes a pipeline as `POST` on a path, or on each of several. Once per class. Guards, interceptors and filters
 * go on the class, as on a controller.
 *
 * @param path starts with `/`; may hold parameters, e.g. `/v1/models/:name/infer`
 * @throws MosecConfigurationError when the class already has a `@Route`
 * @publicApi
 */
export function Route(path: string | readonly string[], options: RouteOptions = {}): ClassDecorator {
  const definition: RouteDefinition = { paths: typeof path === 'string' ? [path] : [...path], options };
  return (pipelineClass) => {
    if (getRoutes(pipelineClass)) {
      throw new MosecConfigurationError(
        `Pipeline "${pipelineClass.name}" has @Route more than once: name all its paths in one list, @Route(['/a', '/b']).`,
      );
    }
    Reflect.defineMetadata(ROUTE_METADATA, definition, pipelineClass);
  };
}

/** Own routes only: a subclass that inherited them would be a duplicate. */
export function getRoutes(pipelineClass: object): RouteDefinition | undefined {
  return Reflect.getOwnMetadata(ROUTE_METADATA, pipelineClass) as RouteDefinition | undefined;
}
