import type { DynamicModule, ModuleMetadata, Provider, Type } from '@nestjs/common';
import { getPipelineToken } from './decorators/pipeline-token.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { getRoutes } from './decorators/route.decorator.js';
import { makeController, routeHandlerToken } from './http/pipeline-controller.js';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import { HttpEdge } from './mosec.http-edge.js';
import { EnginePipelineClient } from './mosec.pipeline-client.js';
import { MosecRegistry } from './mosec.registry.js';
import { RESOLVED_OPTIONS } from './mosec.tokens.js';
import { pipelineEdges } from './pipeline-edges.js';

/** What guards, interceptors and filters of pipelines may need injected. @publicApi */
export type FeatureOptions = Pick<ModuleMetadata, 'imports' | 'providers'>;

interface Feature {
  readonly module: DynamicModule;
  readonly options: FeatureOptions;
}

const FEATURE = 'mosec:feature';

/** Home of one pipeline: its client, and the class itself as a controller if it has a route. */
class PipelineFeatureModule {}

/** The one module of a pipeline class, so that several feature modules may list it. */
export function featureModuleOf(pipelineClass: PipelineClass, options: FeatureOptions): DynamicModule {
  const known = Reflect.getOwnMetadata(FEATURE, pipelineClass) as Feature | undefined;
  if (known && isEmpty(options)) return known.module;
  if (known && !isEmpty(known.options) && !isSame(known.options, options)) {
    throw new MosecConfigurationError(
      `Pipeline "${pipelineClass.name}" is in two MosecModule.forFeature() calls with different imports or providers: ` +
        'give them in one of the calls, and only the pipeline in the others.',
    );
  }
  const feature = known ?? { module: { module: PipelineFeatureModule }, options };
  Object.assign(feature.module, createFeature(pipelineClass, options));
  Reflect.defineMetadata(FEATURE, { module: feature.module, options }, pipelineClass);
  return feature.module;
}

function createFeature(pipelineClass: PipelineClass, { imports = [], providers = [] }: FeatureOptions): DynamicModule {
  const routes = getRoutes(pipelineClass);
  if (routes) makeController(pipelineClass, routes);
  const token = getPipelineToken(pipelineClass);
  return {
    module: PipelineFeatureModule,
    imports,
    providers: [
      ...providers,
      clientProvider(token, pipelineClass),
      ...(routes ? [handlerProvider(pipelineClass)] : []),
    ],
    controllers: routes ? [pipelineClass as Type] : [],
    exports: [token],
  };
}

function clientProvider(token: symbol, pipelineClass: PipelineClass): Provider {
  return {
    provide: token,
    inject: [
      { token: MosecRegistry, optional: true },
      { token: RESOLVED_OPTIONS, optional: true },
    ],
    useFactory: (registry?: MosecRegistry, options?: ResolvedOptions) => {
      if (!registry || !options) {
        throw new MosecConfigurationError(
          `Pipeline "${pipelineClass.name}" has no server to run in: import MosecModule.forRoot() once in the root module.`,
        );
      }
      registry.add(pipelineClass);
      const { hopCodecs, stream } = pipelineEdges(pipelineClass);
      return new EnginePipelineClient(
        () => registry.pipeline(pipelineClass),
        options.timeoutMs,
        hopCodecs,
        () => registry.engine.store,
        stream && options,
        () => registry.engine.tracer,
      );
    },
  };
}

function handlerProvider(pipelineClass: PipelineClass): Provider {
  return {
    provide: routeHandlerToken(pipelineClass),
    inject: [{ token: HttpEdge, optional: true }],
    useFactory: (edge?: HttpEdge) => edge?.handler(pipelineClass),
  };
}

function isEmpty({ imports = [], providers = [] }: FeatureOptions): boolean {
  return imports.length === 0 && providers.length === 0;
}

function isSame(a: FeatureOptions, b: FeatureOptions): boolean {
  const same = (left: readonly unknown[] = [], right: readonly unknown[] = []): boolean =>
    left.length === right.length && left.every((entry, i) => entry === right[i]);
  return same(a.imports, b.imports) && same(a.providers, b.providers);
}
