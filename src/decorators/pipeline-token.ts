import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { TOKEN_METADATA } from './metadata-keys.js';
import type { PipelineClass } from './pipeline-types.js';

/**
 * Injection token of a pipeline's client, the same at every call for one class: for `inject` lists of factory
 * providers, `overrideProvider` and `app.get`. In constructors use `@InjectPipeline`.
 * @throws MosecConfigurationError when it is not given a class
 * @publicApi
 */
export function getPipelineToken(pipelineClass: PipelineClass): symbol {
  if (typeof pipelineClass !== 'function') {
    throw new MosecConfigurationError(
      `@InjectPipeline or getPipelineToken was given "${String(pipelineClass)}" in place of a pipeline class: ` +
        'move the class to a file of its own if two files import each other.',
    );
  }
  const known = Reflect.getOwnMetadata(TOKEN_METADATA, pipelineClass) as symbol | undefined;
  if (known) return known;
  const token = Symbol(`PipelineClient<${pipelineClass.name}>`);
  Reflect.defineMetadata(TOKEN_METADATA, token, pipelineClass);
  return token;
}
