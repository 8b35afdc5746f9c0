import { Module, type DynamicModule } from '@nestjs/common';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { featureModuleOf, type FeatureOptions } from './mosec.feature.js';
import { MosecCoreModule } from './mosec-core.module.js';
import type { ASYNC_OPTIONS_TYPE, OPTIONS_TYPE } from './mosec.module-definition.js';

/**
 * Serves models in a Nest application: `forRoot` once in the root module, `forFeature` wherever pipelines are
 * declared or injected.
 * @publicApi
 */
@Module({})
export class MosecModule {
  /**
   * Once per application, in the root module.
   * @param options see `MosecModuleOptions`; flags and `MOSEC_*` variables go before them. `admin` mounts runtime control
   * over HTTP (`AdminOptions`), `jobs` turns on asynchronous jobs (`JobsOptions`); without them there is neither
   * @throws MosecConfigurationError, at the start, when `admin` has no guard, or `jobs` cannot work
   */
  static forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return { module: MosecModule, imports: [MosecCoreModule.forRoot(options)] };
  }

  /** `forRoot` with options from a factory, a class or another provider; `admin` and `jobs` stand beside the factory. */
  static forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return { module: MosecModule, imports: [MosecCoreModule.forRootAsync(options)] };
  }

  /**
   * Serves pipelines and makes their clients injectable in the importing module. A pipeline may appear in several
   * feature modules, and is one.
   *
   * @param options modules and providers that guards, interceptors and filters of the pipelines need
   * @throws MosecConfigurationError when one pipeline is given different options
   */
  static forFeature(pipelines: readonly PipelineClass[], options: FeatureOptions = {}): DynamicModule {
    const features = pipelines.map((pipelineClass) => featureModuleOf(pipelineClass, options));
    return { module: MosecFeatureModule, imports: features, exports: features };
  }
}

class MosecFeatureModule {}
